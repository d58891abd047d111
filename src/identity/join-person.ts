import type { Happening } from '../audit/audit-event.ts';
import { DomainError } from '../kernel/errors.ts';
import type { TenantTx } from '../storage/storage.ts';
import { type Account, readAccounts, setPerson } from './identity-store.ts';

interface Join {
  readonly issuer: string;
  readonly personKey: string;
  readonly memberId: string;
}

/**
 * Sees to it that accounts which a provider says are one human's count as one person: what one of them has done, the
 * others do not review. Said once, it stays.
 * @returns what has happened by that, for the history; undefined where they were one already
 */
export async function joinPerson(tx: TenantTx, { issuer, personKey, memberId }: Join): Promise<Happening | undefined> {
  const accounts = await readAccounts(tx, issuer, personKey);
  const own = accounts.find(({ id }) => id === memberId);
  const other = accounts.find((account) => account.personId !== own?.personId);
  if (own === undefined || other === undefined) return undefined;
  const [joining, person] = whoJoins(own, other);
  await setPerson(tx, joining.id, person);
  return {
    action: 'person.joined',
    subject: { type: 'member', id: joining.id },
    payload: { login: joining.login, person, with: (joining === own ? other : own).login, issuer },
  };
}

/** Of two accounts, the one that is on its own comes to the other's person. */
function whoJoins(own: Account, other: Account): readonly [Account, person: string] {
  if (isAlone(own)) return [own, other.personId];
  if (isAlone(other)) return [other, own.personId];
  throw new DomainError(
    'FORBIDDEN',
    `${own.login} and ${other.login} stand for several people each: ask who runs this`,
  );
}

const isAlone = ({ id, personId, standsForTwo }: Account): boolean => personId === id && !standsForTwo;
