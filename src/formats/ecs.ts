import { minus } from '../engine/cap-set.ts';
import { resolveOrThrow } from '../engine/resolve.ts';
import { carriedWords, unsupportedByFormat, userOf } from './carriage.ts';
import { dropAllAdd, type ExplicitWords, shortNames } from './explicit-words.ts';
import type { Format } from './format.ts';
import type { Grant } from './grant.ts';
import { jsonDocument } from './json-document.ts';

/** An ECS task definition for EC2 instances, or for Fargate where the profile was resolved for that. */
export const ecs: Format<'ecs'> = {
  id: 'ecs',
  title: 'ECS task definition',
  mediaType: 'application/json',
  extension: 'json',
  render(grant) {
    return grant.runtime === 'fargate' ? fargateTask(ecs.id, grant) : ec2Task(grant);
  },
};

/** An ECS task definition for Fargate, whatever the profile was resolved for. */
export const ecsFargate: Format<'ecs-fargate'> = {
  id: 'ecs-fargate',
  title: 'ECS task definition for Fargate',
  mediaType: 'application/json',
  extension: 'json',
  render(grant) {
    return fargateTask(ecsFargate.id, grant);
  },
};

function ec2Task(grant: Grant): string {
  const words = carriedWords(ecs.id, grant, ['ecs'], [dropAllAdd(grant.sets.bounding)]);
  return taskDefinition(ecs.id, grant, 'EC2', words, {
    privileged: false,
    ...(grant.noNewPrivileges ? { dockerSecurityOptions: ['no-new-privileges'] } : {}),
  });
}

/** Fargate adds SYS_PTRACE and nothing else, so the rest must be left over from its defaults. */
function fargateTask(format: string, grant: Grant): string {
  if (grant.noNewPrivileges)
    throw unsupportedByFormat(format, 'noNewPrivileges', 'Fargate takes no Docker security options');
  const fargate = { runtime: 'fargate', add: [], drop: [], privileged: false, noNewPrivileges: false } as const;
  const { bounding: defaults } = resolveOrThrow(fargate).sets;
  const { bounding } = grant.sets;
  const remaining = { drop: shortNames(minus(defaults, bounding)), add: shortNames(minus(bounding, defaults)) };
  const words = carriedWords(format, grant, ['fargate'], [dropAllAdd(bounding), remaining]);
  return taskDefinition(format, grant, 'FARGATE', words, {});
}

function taskDefinition(
  format: string,
  grant: Grant,
  compatibility: 'EC2' | 'FARGATE',
  { add, drop }: ExplicitWords,
  settings: Readonly<Record<string, unknown>>,
): string {
  const user = userOf(format, grant);
  return jsonDocument(grant, {
    requiresCompatibilities: [compatibility],
    containerDefinitions: [
      {
        name: containerName(format, grant),
        ...(user === undefined ? {} : { user }),
        linuxParameters: { capabilities: { drop, add } },
        ...settings,
      },
    ],
  });
}

/** ECS takes up to 255 letters, digits, hyphens and underscores. */
function containerName(format: string, { profile }: Grant): string {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(profile)) return profile;
  throw unsupportedByFormat(format, 'profile', 'the name of the profile cannot be the name of a container');
}
