import { Icon } from '../ui/icon.tsx';
import { Tier } from '../ui/tier.tsx';
import { shortAgreementOf } from './agreement.ts';
import type { Foresight } from './foresight.ts';
import type { Preview } from './preview.ts';

/** The gist of the preview, in view while somebody chooses where there is no room beside; it leads to the whole of it. */
export function PreviewLine({
  preview,
  foresight,
}: {
  readonly preview: Preview;
  readonly foresight: Foresight | undefined;
}) {
  return (
    <button
      type="button"
      className="preview-line"
      onClick={({ currentTarget }) => {
        const whole = currentTarget.closest('form')?.querySelector<HTMLElement>('.preview');
        whole?.scrollIntoView({ block: 'start' });
        whole?.focus({ preventScroll: true });
      }}
    >
      {preview.ok ? (
        <>
          <Tier tier={preview.risk.tier} score={preview.risk.score} />
          <span className="preview-line-words">{shortAgreementOf(foresight)}</span>
        </>
      ) : (
        <span className="preview-line-words">The runtime refuses these words</span>
      )}
      <span className="off-screen">See the whole of what it would get</span>
      <Icon name="info" size={16} />
    </button>
  );
}
