import { Icon } from './icon.tsx';
import './operations.css';

/** Something that a container can do, wherever it was found out. */
export interface ShownOperation {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  readonly answer: 'allowed' | 'depends' | 'denied';
  /** What it depends on. */
  readonly on: readonly string[];
}

const AREAS: Readonly<Record<string, string>> = {
  files: 'Files',
  network: 'Network',
  processes: 'Processes',
  kernel: 'Kernel',
  machine: 'The whole machine',
};

/** What it could do, in words and by area: those that reach furthest first. */
export function Operations({ operations }: { readonly operations: readonly ShownOperation[] }) {
  const areas = Object.keys(AREAS).toReversed();
  return (
    <div className="operations">
      {areas.map((area) => {
        const here = operations.filter((one) => one.area === area && one.answer !== 'denied');
        if (here.length === 0) return null;
        return (
          <section key={area}>
            <h3>{AREAS[area]}</h3>
            <ul>
              {here.map(({ id, title, answer, on }) => (
                <li key={id} data-answer={answer}>
                  <Icon name={answer === 'allowed' ? 'check' : 'info'} size={15} />
                  <span>
                    {title}
                    {answer === 'depends' ? <span className="dim"> if there is {on.join('; and ')}</span> : null}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
