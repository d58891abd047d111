import { useState } from 'react';
import { keep, readKept } from '../api/kept.ts';
import { useViewer } from '../api/viewer.ts';

/**
 * A text that outlives the page, the session and the browser, until it is sent: then it is set to `initial` again. Each
 * person has their own.
 * @param what what it is written about
 */
export function useKeptText(what: string, initial = ''): readonly [string, (text: string) => void] {
  const { member } = useViewer();
  const key = `capward.text.${member.id}.${what}`;
  const [state, setState] = useState(() => ({ key, text: readKept(key) }));
  if (state.key !== key) setState({ key, text: readKept(key) });
  const change = (next: string) => {
    const text = next === initial ? undefined : next;
    keep(key, text);
    setState({ key, text });
  };
  return [state.text ?? initial, change];
}
