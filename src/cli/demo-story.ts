import type { Cast } from './demo-cast.ts';
import { type DemoClient, refusalOf } from './demo-client.ts';
import type { Paint } from './resolve-layout.ts';
import { paragraph } from './resolve-layout.ts';

/** What the story needs of a request. */
interface Request {
  readonly id: string;
  readonly state: string;
  readonly requiredApprovals: number;
  readonly delta: { readonly granted: readonly string[] };
  readonly reviews: readonly { readonly verdict: string; readonly standing: boolean }[];
  readonly revision: {
    readonly number: number;
    readonly digest: string;
    readonly resolution: {
      readonly effective: readonly string[];
      readonly warnings: readonly { readonly message: string }[];
      readonly risk: {
        readonly score: number;
        readonly tier: string;
        readonly contributions: readonly { readonly id: string; readonly tier: string; readonly why: string }[];
        readonly toNextLowerTier: { readonly tier: string; readonly drop: readonly string[] } | null;
      };
    };
  };
}

const REQUEST = `
  id state requiredApprovals delta { granted } reviews { verdict standing }
  revision { number digest resolution {
    effective warnings { message }
    risk { score tier contributions { id tier why } toNextLowerTier { tier drop } } } }`;

const ASK = `mutation ($input: RequestProfileInput!) {
  requestProfile(input: $input) { changeRequest { ${REQUEST} } } }`;
const AMEND = `mutation ($input: AmendChangeRequestInput!) {
  amendChangeRequest(input: $input) { changeRequest { ${REQUEST} } } }`;
const REVIEW = `mutation ($input: ReviewChangeRequestInput!) {
  reviewChangeRequest(input: $input) { changeRequest { ${REQUEST} } } }`;
const AWAITING = `{ changeRequests(awaitingMyReview: true) { nodes { ${REQUEST} justification author { login } profile { name team { slug } } } } }`;
const HISTORY = `{ auditEvents(team: "payments", profile: "edge-proxy") {
  nodes { id at action actor { login } payload leafHash } } }`;

const TEAM = 'payments';
const NAME = 'edge-proxy';

/** The main job, step by step, as it happens: everything that is printed came from the server. */
export async function tellStory(cast: Cast, print: (text: string) => void, paint: Paint): Promise<void> {
  const { dana, sam, sofia, deployBot } = cast;
  const step = (title: string) => print(`\n${paint.bold(title)}\n`);
  const says = (text: string) => print(`${paragraph(text, 2)}\n`);

  step('1. Dana, of the team payments, asks for a profile');
  const wide = { runtime: 'DOCKER', drop: ['ALL'], add: ['NET_BIND_SERVICE', 'NET_ADMIN'] };
  says(`${TEAM}/${NAME}: drop ALL, add NET_BIND_SERVICE and NET_ADMIN, for 90 days.`);
  says('"The proxy listens on port 443 of the host network and sets up its own routes."');
  const { requestProfile } = await dana.graphql<{ requestProfile: { changeRequest: Request } }>(ASK, {
    input: {
      team: TEAM,
      name: NAME,
      spec: wide,
      justification: 'The proxy listens on port 443 of the host network and sets up its own routes.',
      expiresInDays: 90,
    },
  });
  const first = requestProfile.changeRequest;
  describe(first, print, paint);

  step('2. Nobody approves their own request, and nothing is handed out before');
  await showRefusal('Dana, who may review, reviews it herself', review(dana, first, 'APPROVE'), says, paint);
  await showRefusal('The deploy job asks for it', deployBot.export(TEAM, NAME, 'docker-run'), says, paint);

  step('3. Sam, an approver, looks at it, and approves');
  const { changeRequests } = await sam.graphql<{ changeRequests: { nodes: readonly Request[] } }>(AWAITING);
  says(
    `Awaiting his review: ${changeRequests.nodes.length}. New against what is in force: ${short(first.delta.granted)}.`,
  );
  const afterSam = await review(sam, first, 'APPROVE', 'Fine for the proxy, but a second pair of eyes please.');
  says(
    `${standing(afterSam)} of ${afterSam.requiredApprovals} approvals: the request is ${afterSam.state.toLowerCase()}.`,
  );

  step('4. Dana takes the advice, and asks for less');
  const lower = first.revision.resolution.risk.toNextLowerTier;
  says(
    `Without ${short(lower?.drop ?? [])} the tier would be ${lower?.tier.toLowerCase()}: an init container sets the routes instead.`,
  );
  const { amendChangeRequest } = await dana.graphql<{ amendChangeRequest: { changeRequest: Request } }>(AMEND, {
    input: {
      id: first.id,
      spec: { ...wide, add: ['NET_BIND_SERVICE'] },
      justification: 'The proxy listens on port 443 of the host network. Routes are set by an init container now.',
    },
  });
  const second = amendChangeRequest.changeRequest;
  describe(second, print, paint);
  says(`Another meaning is another digest: ${standing(second)} of ${second.requiredApprovals} approvals now.`);
  await showRefusal('Sofia reviews the old one, still on her screen', review(sofia, first, 'APPROVE'), says, paint);

  step('5. Sofia reviews what is really asked, and it is in force');
  const decided = await review(sofia, second, 'APPROVE', 'One capability, needed, and it is clear what for.');
  says(
    `${standing(decided)} of ${decided.requiredApprovals} approvals: the request is ${decided.state.toLowerCase()}.`,
  );

  step('6. The deploy job fetches it');
  const flags = await deployBot.export(TEAM, NAME, 'docker-run');
  says('GET /v1/teams/payments/profiles/edge-proxy/export?format=docker-run');
  print(`\n${paint.green(`  docker run ${flags.trim()} edge-proxy:latest`)}\n\n`);
  says('the same with format=compose:');
  print(`\n${paint.green(indent((await deployBot.export(TEAM, NAME, 'compose')).trimEnd()))}\n`);

  step('7. What happened, for whoever asks later');
  const { auditEvents } = await sam.graphql<{ auditEvents: { nodes: readonly AuditEvent[] } }>(HISTORY);
  for (const event of auditEvents.nodes.toReversed()) print(`  ${lineOf(event)}\n`);
  says(
    '\nEach was written in the transaction of what it tells, and the database lets the service change or remove none.',
  );
}

interface AuditEvent {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly actor: { readonly login: string };
  readonly payload: string;
  readonly leafHash: string;
}

async function review(who: DemoClient, request: Request, verdict: string, comment?: string): Promise<Request> {
  const { reviewChangeRequest } = await who.graphql<{ reviewChangeRequest: { changeRequest: Request } }>(REVIEW, {
    input: { id: request.id, digest: request.revision.digest, verdict, comment },
  });
  return reviewChangeRequest.changeRequest;
}

async function showRefusal(
  what: string,
  action: Promise<unknown>,
  says: (text: string) => void,
  paint: Paint,
): Promise<void> {
  const { code, message } = await refusalOf(action);
  says(`${what}: ${paint.red(code)}, "${message}"`);
}

function describe({ revision, requiredApprovals }: Request, print: (text: string) => void, paint: Paint): void {
  const { effective, risk, warnings } = revision.resolution;
  print(`  revision ${revision.number}, ${revision.digest}\n`);
  print(`    in effect    ${short(effective)}\n`);
  print(
    `    risk         ${paint.yellow(`${risk.score.toFixed(1)} of 100, ${risk.tier.toLowerCase()}`)}: takes ${requiredApprovals} approval${requiredApprovals === 1 ? '' : 's'}\n`,
  );
  for (const { id, tier, why } of risk.contributions) {
    print(`${paragraph(`${id.replace(/^CAP_/, '')} (${tier.toLowerCase()}): ${why}`, 17, 19)}\n`);
  }
  for (const { message } of warnings) print(`${paragraph(`note         ${message}`, 4, 17)}\n`);
}

function standing({ reviews }: Request): number {
  return reviews.filter((given) => given.standing && given.verdict === 'APPROVE').length;
}

function lineOf({ id, at, action, actor, payload, leafHash }: AuditEvent): string {
  const { revision, verdict } = JSON.parse(payload) as { revision: number; verdict?: string };
  const what = `${action} (revision ${revision}${verdict === undefined ? '' : `, ${verdict.toLowerCase()}`})`;
  return `#${id.padEnd(3)} ${at}  ${actor.login.padEnd(20)} ${what.padEnd(40)} ${leafHash.slice(0, 16)}…`;
}

function short(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.map((name) => name.replace(/^CAP_/, '')).join(', ');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
