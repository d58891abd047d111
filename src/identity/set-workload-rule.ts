import { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { doerOf } from '../access/doer.ts';
import { requireOwner } from '../access/permissions.ts';
import { appendEvent } from '../audit/append-event.ts';
import { invalidInput } from '../kernel/errors.ts';
import { prose, readInput, slug } from '../kernel/input.ts';
import { requireTeam } from '../teams/require-team.ts';
import { bringInServiceAccount, unlessJustMade } from '../teams/service-account.ts';
import { requireWithinReach } from '../teams/token-reach.ts';
import { isAskable } from './outbound-fetch.ts';
import type { IdentityPorts } from './ports.ts';
import { namesOwner, type WorkloadRule } from './workload-rule.ts';
import { countOtherRules, putRule, readRules } from './workload-rule-store.ts';

/** How many rules an organization has at the most: all of them are looked at for each job. */
const MAX_RULES = 500;

const condition = z.object({
  claim: z.string().regex(/^[\x21-\x7e]{1,100}$/, 'the name of a claim'),
  pattern: prose('pattern', 255).refine((text) => !text.includes('***'), 'one * or two'),
});

const input = z.object({
  name: slug('name', 'a-z0-9-'),
  issuer: z.string().trim().max(500),
  audience: prose('audience', 255),
  claims: z
    .array(condition)
    .min(1, 'say what the token has to say of the workload')
    .max(20)
    .refine(
      (claims) => claims.some(namesOwner),
      'everybody at that issuer could fit: say whose workloads, without a * in the owner (repository acme/web, or sub repo:acme/*:ref:refs/heads/main)',
    ),
  serviceAccount: slug('the name of a service account', 'a-z0-9._-'),
  teams: z.array(z.string()).min(1, 'name the teams that it is limited to').max(100),
  scopes: z
    .array(z.enum(['profiles:read', 'profiles:export'], 'profiles:read or profiles:export'))
    .min(1)
    .max(4),
  maxMinutes: z.int().min(1, 'at least one minute').max(60, 'at most 60 minutes'),
  enabled: z.boolean(),
});

/** Says which workloads get a token, and which; all of it anew. Owners only. */
export async function setWorkloadRule(ports: IdentityPorts, actor: Actor, asked: unknown): Promise<WorkloadRule> {
  requireOwner(actor);
  const { teams, serviceAccount, ...read } = readInput(input, asked);
  if (!isAskable(read.issuer, ports.publicUrl)) throw invalidInput('issuer', 'the https:// address of the issuer');
  return unlessJustMade(serviceAccount, () =>
    ports.storage.inTenant(actor, async (tx) => {
      if ((await countOtherRules(tx, read.name)) >= MAX_RULES) {
        throw invalidInput('name', `there are ${MAX_RULES} rules already: set one of them anew`);
      }
      const now = ports.now();
      const teamIds: string[] = [];
      for (const team of new Set(teams)) teamIds.push((await requireTeam(tx, actor, team)).id);
      requireWithinReach(actor, read.scopes, teamIds);
      const account = await bringInServiceAccount(tx, actor, now, serviceAccount);
      const rule: WorkloadRule = {
        ...read,
        scopes: [...new Set(read.scopes)],
        memberId: account.id,
        teamIds,
        setBy: actor.memberId,
        setAt: now,
      };
      putRule(tx, rule);
      await appendEvent(tx, doerOf(actor), now, {
        action: 'workloadRule.set',
        subject: { type: 'workloadRule', id: rule.name },
        payload: {
          name: rule.name,
          issuer: rule.issuer,
          audience: rule.audience,
          claims: rule.claims.map(({ claim, pattern }) => ({ claim, pattern })),
          serviceAccount,
          teams: [...new Set(teams)],
          scopes: rule.scopes,
          maxMinutes: rule.maxMinutes,
          enabled: rule.enabled,
        },
      });
      return rule;
    }),
  );
}

/** Which workloads get a token, by the names of the rules. Owners only. */
export async function listWorkloadRules(ports: IdentityPorts, actor: Actor): Promise<readonly WorkloadRule[]> {
  requireOwner(actor);
  return readRules(ports.storage.reader(actor));
}
