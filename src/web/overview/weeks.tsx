import type { OverviewDataQuery } from '../api/operations.gen.ts';

const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const HEIGHT = 110;
const STEP = 40;
const WIDTH = 22;

/** What was asked and what was decided in each week, as two bars; the numbers are in a table for those who do not see them. */
export function Weeks({ weeks }: { readonly weeks: OverviewDataQuery['overview']['weeks'] }) {
  const most = Math.max(1, ...weeks.flatMap(({ made, approved, rejected }) => [made, approved + rejected]));
  const labels = weeks.map(({ start }) => DAY.format(new Date(`${start}T00:00:00Z`)));
  return (
    <figure className="weeks">
      <svg viewBox={`0 0 ${weeks.length * STEP} ${HEIGHT + 22}`} aria-hidden="true">
        {weeks.map(({ start, made, approved, rejected }, index) => {
          const x = index * STEP + (STEP - WIDTH) / 2;
          const height = (count: number) => (count / most) * HEIGHT;
          const decided = approved + rejected;
          return (
            <g key={start}>
              <title>{`${labels[index]}: ${made} asked, ${approved} approved, ${rejected} rejected`}</title>
              <rect
                className="week-made"
                x={x}
                y={HEIGHT - height(made)}
                width={WIDTH / 2}
                height={Math.max(1, height(made))}
                rx="3"
              />
              <rect
                className="week-decided"
                x={x + WIDTH / 2}
                y={HEIGHT - height(decided)}
                width={WIDTH / 2}
                height={height(decided)}
                rx="3"
              />
              {index % 3 === weeks.length % 3 || index === weeks.length - 1 ? (
                <text x={x + WIDTH / 2} y={HEIGHT + 16} textAnchor="middle">
                  {labels[index]}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      <figcaption className="dim small">
        <span className="key-made" /> asked that week <span className="key-decided" /> decided that week
      </figcaption>
      <table className="off-screen">
        <caption>Requests by week</caption>
        <thead>
          <tr>
            <th scope="col">Week of</th>
            <th scope="col">Asked</th>
            <th scope="col">Approved</th>
            <th scope="col">Rejected</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ start, made, approved, rejected }, index) => (
            <tr key={start}>
              <th scope="row">{labels[index]}</th>
              <td>{made}</td>
              <td>{approved}</td>
              <td>{rejected}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
