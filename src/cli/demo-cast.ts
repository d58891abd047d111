import type { Ports } from '../access/ports.ts';
import { createOrg } from '../teams/create-org.ts';
import { DemoClient } from './demo-client.ts';

/** The people of the demonstration, each with a token of their own. */
export interface Cast {
  readonly olivia: DemoClient;
  readonly dana: DemoClient;
  readonly sam: DemoClient;
  readonly sofia: DemoClient;
  readonly deployBot: DemoClient;
  /** The tokens, for whoever goes on by hand. */
  readonly tokens: Readonly<Record<'olivia' | 'dana' | 'sam' | 'sofia' | 'deploy-bot', string>>;
}

const PEOPLE = {
  dana: {
    orgRole: 'APPROVER',
    team: 'payments',
    scopes: ['profiles:read', 'requests:write', 'requests:review', 'audit:read'],
  },
  sam: { orgRole: 'APPROVER', team: null, scopes: ['profiles:read', 'requests:review', 'audit:read'] },
  sofia: { orgRole: 'APPROVER', team: null, scopes: ['profiles:read', 'requests:review', 'audit:read'] },
} as const;

/** Sets the scene: an organization with an owner, a team, a developer, two approvers and a service account. */
export async function assembleCast(url: string, ports: Ports): Promise<Cast> {
  const { token } = await createOrg(ports, { slug: 'acme', owner: 'olivia@acme.example' });
  const olivia = new DemoClient(url, token);
  await olivia.graphql('mutation { createTeam(input: {slug: "payments", name: "Payments"}) { team { id } } }');

  const mint = async (owner: string, scopes: readonly string[], teams: readonly string[] | null): Promise<string> => {
    const { createToken } = await olivia.graphql<{ createToken: { secret: string } }>(
      'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      { input: { name: `${owner} in the demonstration`, owner, scopes, teams, expiresInDays: 1 } },
    );
    return createToken.secret;
  };
  const join = async (name: keyof typeof PEOPLE): Promise<string> => {
    const { orgRole, team, scopes } = PEOPLE[name];
    const email = `${name}@acme.example`;
    await olivia.graphql('mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', {
      input: { email, orgRole, team },
    });
    return mint(email, scopes, null);
  };

  const tokens = {
    olivia: token,
    dana: await join('dana'),
    sam: await join('sam'),
    sofia: await join('sofia'),
    'deploy-bot': await mint('deploy-bot', ['profiles:export'], ['payments']),
  };
  return {
    tokens,
    olivia,
    dana: new DemoClient(url, tokens.dana),
    sam: new DemoClient(url, tokens.sam),
    sofia: new DemoClient(url, tokens.sofia),
    deployBot: new DemoClient(url, tokens['deploy-bot']),
  };
}
