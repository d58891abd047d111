import { Button } from '@mantine/core';
import { useState } from 'react';
import type { TokenFactsFragment } from '../api/operations.gen.ts';
import { Expiry } from '../profiles/expiry.tsx';
import { When } from '../ui/when.tsx';
import { RevokeToken } from './revoke-token.tsx';
import { RotateToken } from './rotate-token.tsx';

type Doing = { readonly what: 'rotate' | 'revoke'; readonly token: TokenFactsFragment };

/** Tokens: what each may do, when it was used last and ends, and what can be done to it. */
export function TokenTable({ tokens }: { readonly tokens: readonly TokenFactsFragment[] }) {
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  if (tokens.length === 0) return <p className="dim">There are none.</p>;
  return (
    <>
      <div className="table-box">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Token</th>
              <th scope="col">May</th>
              <th scope="col">Last use</th>
              <th scope="col">Ends</th>
              <th scope="col">
                <span className="off-screen">Rotate or revoke</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} begin={(what) => setDoing({ what, token })} />
            ))}
          </tbody>
        </table>
      </div>
      {doing?.what === 'rotate' ? <RotateToken token={doing.token} close={close} /> : null}
      {doing?.what === 'revoke' ? <RevokeToken token={doing.token} close={close} /> : null}
    </>
  );
}

function TokenRow({
  token,
  begin,
}: {
  readonly token: TokenFactsFragment;
  readonly begin: (what: Doing['what']) => void;
}) {
  const { name, scopes, teams, expiresAt, revokedAt, lastUsedAt, previousUntil, owner, madeBy } = token;
  const isOver = revokedAt !== null || isPast(expiresAt);
  return (
    <tr className="token-row" data-over={isOver || undefined}>
      <th scope="row">
        {name}
        {madeBy.login === owner.login ? null : <span className="dim small"> made by {madeBy.login}</span>}
      </th>
      <td>
        {scopes.join(', ')}{' '}
        <span className="dim">
          {teams.length === 0 ? 'in every team' : `in ${teams.map(({ slug }) => slug).join(', ')}`}
        </span>
      </td>
      <td>
        {lastUsedAt === null ? (
          <span className="dim">never used</span>
        ) : (
          <>
            used <When at={lastUsedAt} />
          </>
        )}
      </td>
      <td>
        {revokedAt === null ? (
          <Expiry at={expiresAt} />
        ) : (
          <span className="dim">
            revoked <When at={revokedAt} />
          </span>
        )}
        {isOver || previousUntil === null || isPast(previousUntil) ? null : (
          <div className="dim small">
            the secret before ends <When at={previousUntil} />
          </div>
        )}
      </td>
      <td>
        {isOver ? null : (
          <div className="actions">
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={`Rotate the token ${name}`}
              onClick={() => begin('rotate')}
            >
              Rotate
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              aria-label={`Revoke the token ${name}`}
              onClick={() => begin('revoke')}
            >
              Revoke
            </Button>
          </div>
        )}
      </td>
    </tr>
  );
}

const isPast = (at: string | null): boolean => at !== null && Date.parse(at) <= Date.now();
