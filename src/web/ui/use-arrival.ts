import { type RefObject, useEffect, useRef } from 'react';

/** For a form that comes when somebody asks for it: they are taken to its first field. */
export function useArrival(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input:not(:disabled), select, textarea')?.focus();
  }, []);
  return form;
}
