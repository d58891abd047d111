import { Link } from '@tanstack/react-router';
import type { SimulateQuery } from '../api/operations.gen.ts';
import { demandWords } from '../ui/demand-words.ts';

type Simulated = SimulateQuery['simulatePolicy'][number];

const wordsOf = ({ automatic, refused, requirements }: Simulated['draft']): string => {
  if (refused !== null) return 'refused';
  return automatic ? 'by itself' : demandWords(requirements);
};

/** What would have been different. */
export function Simulation({ requests }: { readonly requests: readonly Simulated[] }) {
  const changed = requests.filter(({ draft, inForce }) => wordsOf(draft) !== wordsOf(inForce));
  return (
    <div className="stack">
      <p role="status">
        {changed.length === 0
          ? `None of the last ${requests.length} requests would have been judged otherwise.`
          : `${changed.length} of the last ${requests.length} requests would have been judged otherwise:`}
      </p>
      {changed.length === 0 ? null : (
        <div className="table-box">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Request</th>
                <th scope="col">Now</th>
                <th scope="col">By the draft</th>
              </tr>
            </thead>
            <tbody>
              {changed.map(({ changeRequest, draft, inForce }) => (
                <tr key={changeRequest.id}>
                  <th scope="row">
                    <Link to="/requests/$id" params={{ id: changeRequest.id }} className="mono">
                      {changeRequest.profile.team.slug}/{changeRequest.profile.name}
                    </Link>
                  </th>
                  <td>{wordsOf(inForce)}</td>
                  <td>
                    {wordsOf(draft)}
                    {draft.refused === null ? null : <span className="dim"> ({draft.refused})</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
