import { EMPTY_DRAFT } from './draft.ts';
import { PRESETS, presetSpec } from './presets.ts';
import { RequestForm } from './request-form.tsx';

/** A request that begins with a known kind; with nothing, where there is no such kind. */
export function AnewOfKind({ preset, team }: { readonly preset: string; readonly team: string }) {
  const kind = PRESETS.find(({ id }) => id === preset);
  const spec = kind === undefined ? EMPTY_DRAFT.spec : presetSpec(kind, 'docker');
  return <RequestForm key={`new ${preset}`} kind={{ of: 'new' }} initial={{ ...EMPTY_DRAFT, team, spec }} />;
}
