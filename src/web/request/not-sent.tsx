import type { ServiceError } from '../api/service-error.ts';
import { Notice, Problem } from '../ui/notice.tsx';

/** Why the service did not take a request, in the words of the page where the service has others. */
export function NotSent({ error }: { readonly error: ServiceError | null }) {
  if (error === null) return null;
  if (error.code !== 'REQUEST_PENDING') return <Problem error={error} />;
  return (
    <Notice kind="bad" live title="A request for this profile is pending already">
      <p>Change it, or withdraw it first.</p>
    </Notice>
  );
}
