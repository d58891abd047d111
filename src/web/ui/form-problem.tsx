import { useEffect, useRef } from 'react';
import { isAllAt } from '../api/issue-at.ts';
import type { ServiceError } from '../api/service-error.ts';
import { Notice, Problem } from './notice.tsx';

/**
 * Why the service did not take a form. What is wrong with single fields stands beside them (`issueAt`), and the first of
 * them is gone to; everything else stands here.
 */
export function FormProblem({
  error,
  fields,
}: {
  readonly error: ServiceError | null;
  /** Paths of the input that have a field. */
  readonly fields: readonly string[];
}) {
  const box = useRef<HTMLDivElement>(null);
  const placed = error !== null && isAllAt(error, fields);
  useEffect(() => {
    if (!placed || error === null) return;
    box.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [placed, error]);
  if (error === null) return null;
  return (
    <div ref={box}>
      {placed ? <Notice kind="bad" live title="Something above is not right yet" /> : <Problem error={error} />}
    </div>
  );
}
