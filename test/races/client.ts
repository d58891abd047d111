import { setTimeout as sleep } from 'node:timers/promises';
import type { Board } from './board.ts';
import { type Ask, ask } from './caller.ts';
import type { Chance } from './chance.ts';
import type { Act, Deed, DeedKind } from './record.ts';
import { type Part, type Person, TEAM, type TenantOnStage, uuidOf } from './stage.ts';
import { narrowSpec, wishedPolicy, wishedSpec } from './wishes.ts';

/** What people do, and how often, by their part. Among it is what they may not do. */
const DAYS: Readonly<Record<Part, Readonly<Partial<Record<DeedKind, number>>>>> = {
  author: {
    request: 35,
    renew: 8,
    amend: 20,
    accept: 5,
    withdraw: 4,
    comment: 3,
    readRequest: 8,
    export: 8,
    review: 2,
  },
  robot: { request: 40, amend: 20, readRequest: 10, export: 20 },
  approver: {
    review: 40,
    suggest: 15,
    revoke: 3,
    breakGlass: 4,
    closeEmergency: 7,
    reviewPolicy: 10,
    readRequest: 8,
    export: 8,
  },
  owner: {
    propose: 20,
    reviewPolicy: 20,
    withdrawPolicy: 3,
    review: 20,
    closeEmergency: 5,
    breakGlass: 3,
    request: 5,
    readPolicy: 5,
  },
  maintainer: { request: 20, amend: 10, withdraw: 10, revoke: 15, readRequest: 15, accept: 5 },
  deployer: { export: 1 },
  auditor: { readHead: 4, readRequest: 4, readPolicy: 2 },
};

/** Few, so that everybody is at the same ones. */
const PROFILES = ['web', 'db', 'edge', 'batch', 'probe', 'queue'];

/** What a client needs of the run. */
export interface Surroundings {
  readonly tenant: TenantOnStage;
  readonly board: Board;
  /** Where some server is right now. */
  readonly address: (chance: Chance) => string;
  /** On the clock of the run, and on the servers'. */
  readonly now: () => { readonly run: number; readonly servers: number };
  readonly record: (act: Omit<Act, 'number'>) => void;
  readonly nextWord: () => string;
}

/** One person, doing one thing after the other until the end. */
export async function live(who: Person, around: Surroundings, chance: Chance, isOver: () => boolean): Promise<void> {
  const { tenant, board } = around;
  while (!isOver()) {
    const [deed, toAsk] = choose(who, around, chance) ?? [];
    if (deed === undefined || toAsk === undefined) {
      await sleep(10);
      continue;
    }
    const word = around.nextWord();
    const asked = around.now();
    const { outcome, request, proposal, emergency } = await ask(around.address(chance), who, toAsk, word);
    const answered = around.now();
    const times = { asked: asked.run, answered: answered.run, askedAt: asked.servers, answeredAt: answered.servers };
    around.record({ tenant, who, deed, word, ...times, outcome });
    if (request !== undefined) {
      board.sawRequest(request.id, request.author.login, request.revision.digest, request.state);
      for (const { id, suggestion } of request.comments) if (suggestion !== null) board.sawSuggestion(request.id, id);
    }
    if (proposal !== undefined) board.sawProposal(proposal.id, proposal.digest, proposal.state);
    if (emergency !== undefined && toAsk.kind === 'breakGlass') board.sawEmergency(emergency);
    // Where nobody answers, asking again at once would only count how often one can.
    await sleep(outcome.kind === 'unknown' ? 200 : chance.between(0, 20));
  }
}

/** What to do next; undefined where there is nothing to do it to. */
function choose(who: Person, { tenant, board }: Surroundings, chance: Chance): readonly [Deed, Ask] | undefined {
  // Requests are decided within moments: who has a suggestion has to be quick.
  const isQuick = board.suggestionTo(who.login) !== undefined && chance.happens(0.5);
  const kind = isQuick ? 'accept' : chance.weighted(DAYS[who.part]);
  const name = chance.pick(PROFILES) ?? '';
  const verdict = chance.happens(0.85) ? 'APPROVE' : 'REJECT';
  switch (kind) {
    case 'request':
    case 'renew': {
      const expiresInDays = chance.happens(0.5) ? chance.between(1, 3) : null;
      const wish = kind === 'request' ? { spec: wishedSpec(chance) } : {};
      return [
        { kind, profile: name },
        { kind, input: { team: TEAM, name, expiresInDays, ...wish } },
      ];
    }
    case 'amend':
    case 'withdraw':
    case 'comment':
    case 'readRequest': {
      const known = board.request(chance);
      if (known === undefined) return undefined;
      const wish = kind === 'amend' ? { spec: wishedSpec(chance) } : {};
      return [
        { kind, request: uuidOf('changeRequest', known.id) },
        { kind, input: { id: known.id, ...wish } },
      ];
    }
    case 'accept': {
      const known = board.suggestionTo(who.login) ?? board.suggestion(chance);
      if (known === undefined) return undefined;
      board.triedSuggestion(known);
      const { request: id, suggestion } = known;
      const deed = { kind, request: uuidOf('changeRequest', id), suggestion: uuidOf('comment', suggestion) };
      return [deed, { kind, input: { id, suggestion } }];
    }
    case 'suggest':
    case 'review': {
      const known = board.request(chance);
      const digest = chance.happens(0.85) ? known?.digests.at(-1) : chance.pick(known?.digests ?? []);
      if (known === undefined || digest === undefined) return undefined;
      const request = uuidOf('changeRequest', known.id);
      if (kind === 'review')
        return [
          { kind, request, digest, verdict },
          { kind, input: { id: known.id, digest, verdict } },
        ];
      return [
        { kind, request, digest },
        { kind, input: { id: known.id, digest, spec: narrowSpec(chance) } },
      ];
    }
    case 'revoke':
      return [
        { kind, profile: name },
        { kind, input: { team: TEAM, name } },
      ];
    case 'export':
      return [
        { kind, profile: name },
        { kind, input: { name } },
      ];
    case 'breakGlass': {
      const person = chance.pick(tenant.people.filter(({ part }) => part === 'approver'))?.login;
      const input = { team: TEAM, name, spec: wishedSpec(chance), hours: chance.between(1, 12), person };
      return [
        { kind, profile: name },
        { kind, input },
      ];
    }
    case 'closeEmergency': {
      const id = board.emergency(chance);
      if (id === undefined) return undefined;
      return [
        { kind, emergency: uuidOf('emergency', id) },
        { kind, input: { id, justified: chance.happens(0.5) } },
      ];
    }
    case 'propose':
      return [{ kind }, { kind, input: { document: wishedPolicy(chance, tenant.slug) } }];
    case 'reviewPolicy':
    case 'withdrawPolicy': {
      const known = board.proposal(chance);
      if (known === undefined) return undefined;
      const proposal = uuidOf('policyProposal', known.proposal);
      if (kind === 'withdrawPolicy')
        return [
          { kind, proposal },
          { kind, input: { id: known.proposal } },
        ];
      const { digest } = known;
      return [
        { kind, proposal, digest, verdict },
        { kind, input: { id: known.proposal, digest, verdict } },
      ];
    }
    case 'readHead':
    case 'readPolicy':
      return [{ kind }, { kind, input: {} }];
  }
}
