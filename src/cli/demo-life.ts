import type { Cast } from './demo-cast.ts';
import { DemoClient } from './demo-client.ts';

/** A request of somebody, and what becomes of it. */
interface Wish {
  readonly team: string;
  readonly name: string;
  readonly add: readonly string[];
  readonly runtime?: string;
  readonly user?: string;
  readonly why: string;
  readonly days?: number;
  /** `approved` takes as many approvers as the policy asks for. Left out, it waits. */
  readonly end?: 'approved' | 'half' | 'rejected' | 'revoked';
}

const TEAMS: Readonly<Record<string, string>> = {
  platform: 'Platform',
  search: 'Search',
  observability: 'Observability',
  edge: 'Edge network',
};

const WISHES: readonly Wish[] = [
  {
    team: 'payments',
    name: 'ledger-api',
    add: [],
    user: '1000:1000',
    why: 'A plain HTTP service on port 8080.',
    days: 365,
    end: 'approved',
  },
  {
    team: 'payments',
    name: 'card-vault',
    add: ['IPC_LOCK'],
    why: 'Keys stay in locked memory so that they are never swapped out.',
    days: 180,
    end: 'approved',
  },
  {
    team: 'payments',
    name: 'fraud-scorer',
    add: ['SYS_NICE'],
    why: 'The scorer pins its worker threads and raises their priority during the evening peak.',
    days: 90,
    end: 'approved',
  },
  {
    team: 'edge',
    name: 'ingress',
    add: ['NET_BIND_SERVICE'],
    runtime: 'CONTAINERD',
    why: 'Terminates TLS on 443 in the host network.',
    days: 365,
    end: 'approved',
  },
  {
    team: 'edge',
    name: 'wireguard-hub',
    add: ['NET_ADMIN'],
    why: 'Brings up wg0 and its routes for the offices. The module is loaded by the host.',
    days: 30,
    end: 'approved',
  },
  {
    team: 'edge',
    name: 'dhcp',
    add: ['NET_BIND_SERVICE', 'NET_RAW'],
    runtime: 'PODMAN',
    why: 'Answers machines of the lab that have no address yet.',
    days: 90,
    end: 'approved',
  },
  {
    team: 'platform',
    name: 'node-clock',
    add: ['SYS_TIME'],
    runtime: 'CONTAINERD',
    why: 'chrony keeps the clock of the nodes.',
    days: 180,
    end: 'approved',
  },
  {
    team: 'platform',
    name: 'backup-agent',
    add: ['DAC_READ_SEARCH'],
    why: 'Reads every file of the volume for the nightly backup; writes nothing.',
    days: 14,
    end: 'approved',
  },
  {
    team: 'platform',
    name: 'csi-mounter',
    add: ['SYS_ADMIN'],
    runtime: 'CONTAINERD',
    why: 'Mounts the volumes of other pods. Needed until the vendor ships its own driver.',
    days: 7,
    end: 'approved',
  },
  {
    team: 'observability',
    name: 'node-exporter',
    add: [],
    runtime: 'CONTAINERD',
    user: '65534',
    why: 'Reads /proc and /sys only.',
    end: 'approved',
  },
  {
    team: 'observability',
    name: 'blackbox',
    add: ['NET_RAW'],
    why: 'ICMP probes of our sites.',
    days: 365,
    end: 'approved',
  },
  {
    team: 'observability',
    name: 'profiler',
    add: ['BPF', 'PERFMON'],
    runtime: 'CONTAINERD',
    why: 'Continuous profiling of the whole node with eBPF.',
    days: 60,
    end: 'approved',
  },
  {
    team: 'search',
    name: 'indexer',
    add: [],
    user: '1000',
    why: 'Writes its own volume and nothing else.',
    end: 'approved',
  },
  {
    team: 'search',
    name: 'old-crawler',
    add: ['NET_ADMIN', 'NET_RAW'],
    why: 'Rotates source addresses.',
    days: 90,
    end: 'revoked',
  },
  {
    team: 'search',
    name: 'sandbox',
    add: ['SYS_ADMIN', 'SYS_PTRACE'],
    why: 'Runs untrusted parsers in namespaces of its own.',
    end: 'rejected',
  },
  {
    team: 'observability',
    name: 'packet-capture',
    add: ['NET_RAW', 'NET_ADMIN'],
    why: 'We want to record traffic of the payment gateway while the incident of Tuesday is open.',
    days: 7,
  },
  {
    team: 'platform',
    name: 'debug-shell',
    add: ['SYS_PTRACE'],
    why: 'strace and gdb on stuck workers, by whoever is on call.',
    days: 14,
    end: 'half',
  },
  {
    team: 'search',
    name: 'vector-cache',
    add: ['IPC_LOCK', 'SYS_RESOURCE'],
    why: 'Huge pages for the vector index; the memlock limit of the platform is too low.',
    days: 180,
  },
  {
    team: 'edge',
    name: 'ingress',
    add: ['NET_BIND_SERVICE', 'NET_ADMIN'],
    runtime: 'CONTAINERD',
    why: 'Transparent proxying for the new gateway takes NET_ADMIN (or so the vendor says).',
    days: 90,
  },
  {
    team: 'payments',
    name: 'hsm-bridge',
    add: ['SYS_RAWIO', 'MKNOD'],
    why: 'Talks to the hardware module through /dev/mem, as its driver does.',
    days: 30,
  },
  { team: 'edge', name: 'resolver', add: ['NET_BIND_SERVICE'], why: 'Unbound on port 53.', days: 365 },
];

const ASK = `mutation ($input: RequestProfileInput!) {
  requestProfile(input: $input) { changeRequest { id requiredApprovals revision { digest } } } }`;
const REVIEW =
  'mutation ($input: ReviewChangeRequestInput!) { reviewChangeRequest(input: $input) { changeRequest { state } } }';
const REVOKE = 'mutation ($input: RevokeProfileInput!) { revokeProfile(input: $input) { profile { standing } } }';

interface Asked {
  readonly id: string;
  readonly requiredApprovals: number;
  readonly revision: { readonly digest: string };
}

/** What an organization comes to in its first months, made within seconds, so that whoever looks around finds something. */
export async function liveALittle(url: string, cast: Cast): Promise<void> {
  for (const [slug, name] of Object.entries(TEAMS)) {
    await cast.olivia.graphql('mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }', {
      input: { slug, name },
    });
  }
  const authors = new Map<string, DemoClient>([['payments', cast.dana]]);
  for (const team of Object.keys(TEAMS)) authors.set(team, await newcomer(url, cast, team));
  for (const wish of WISHES) {
    const author = authors.get(wish.team);
    if (author !== undefined) await ask(author, cast, wish);
  }
}

async function newcomer(url: string, cast: Cast, team: string): Promise<DemoClient> {
  const email = `${{ platform: 'piet', search: 'sana', observability: 'otto', edge: 'emil' }[team] ?? team}@acme.example`;
  await cast.olivia.graphql('mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', {
    input: { email, team, teamRole: 'MAINTAINER' },
  });
  const scopes = ['profiles:read', 'requests:write', 'audit:read'];
  const { createToken } = await cast.olivia.graphql<{ createToken: { secret: string } }>(
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    { input: { name: 'in the demonstration', owner: email, scopes, expiresInDays: 1 } },
  );
  return new DemoClient(url, createToken.secret);
}

async function ask(author: DemoClient, cast: Cast, wish: Wish): Promise<void> {
  const { team, name, add, runtime = 'DOCKER', user, why, days, end } = wish;
  const { requestProfile } = await author.graphql<{ requestProfile: { changeRequest: Asked } }>(ASK, {
    input: { team, name, justification: why, expiresInDays: days, spec: { runtime, add, drop: ['ALL'], user } },
  });
  const { id, requiredApprovals, revision } = requestProfile.changeRequest;
  const reviewers = [cast.sam, cast.sofia];
  const review = (who: DemoClient, verdict: string, comment?: string) =>
    who.graphql(REVIEW, { input: { id, digest: revision.digest, verdict, comment } });
  if (end === 'half') await review(cast.sofia, 'APPROVE', 'For two weeks, yes.');
  if (end === 'rejected')
    await review(cast.sam, 'REJECT', 'SYS_ADMIN gives the host away. Use user namespaces instead.');
  if (end === 'approved' || end === 'revoked') {
    for (const who of reviewers.slice(0, requiredApprovals)) await review(who, 'APPROVE');
  }
  if (end === 'revoked') {
    await cast.sam.graphql(REVOKE, { input: { team, name, reason: 'The crawler is gone; nobody runs it any more.' } });
  }
}
