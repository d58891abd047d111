import { CopyButton } from './copy-button.tsx';
import { Notice } from './notice.tsx';

/** A secret that is shown this once: alone, and as the line that puts it where deploy tooling looks for it. */
export function SecretOnce({ secret }: { readonly secret: string }) {
  const line = `export CAPWARD_TOKEN='${secret}'`;
  return (
    <Notice kind="good" live title="Copy it now: it is shown this once">
      <div className="secret">
        <p className="small">The secret by itself:</p>
        <div className="line">
          <code>{secret}</code>
          <CopyButton small text={secret} what="the token" />
        </div>
        <p className="small">Or the line for a shell, as the lines of the profiles expect it:</p>
        <div className="line">
          <code>{line}</code>
          <CopyButton small text={line} what="the line" />
        </div>
      </div>
    </Notice>
  );
}
