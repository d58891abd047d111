import { CAPABILITIES } from '../../engine/capability.ts';
import './capability.css';

const SUMMARIES: ReadonlyMap<string, string> = new Map(CAPABILITIES.map(({ name, summary }) => [name, summary]));

export const shortName = (name: string): string => name.replace(/^CAP_/, '');

export const summaryOf = (name: string): string => SUMMARIES.get(name) ?? '';

/** A capability by its name; what it lets a process do on hover. */
function Capability({
  name,
  change,
}: {
  readonly name: string;
  /** Whether it comes or goes, where a change is shown. */
  readonly change?: 'granted' | 'taken' | undefined;
}) {
  const sign = change === 'granted' ? '+' : '−';
  return (
    <code className="capability" data-change={change} title={summaryOf(name)}>
      {change === undefined ? null : (
        <>
          <span aria-hidden="true">{sign}</span>
          <span className="off-screen">{change === 'granted' ? 'new: ' : 'gone: '}</span>
        </>
      )}
      {shortName(name)}
    </code>
  );
}

export function Capabilities({
  names,
  change,
  none = 'none',
}: {
  readonly names: readonly string[];
  readonly change?: 'granted' | 'taken';
  readonly none?: string;
}) {
  if (names.length === 0) return <span className="dim">{none}</span>;
  return (
    <ul className="capabilities">
      {names.map((name) => (
        <li key={name}>
          <Capability name={name} change={change} />
        </li>
      ))}
    </ul>
  );
}
