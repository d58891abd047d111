/**
 * The container runtimes whose rules the engine knows. `docker` is Docker Engine of today, `docker-18.09` from 1.2 up to
 * that version; `containerd` is what a Kubernetes node runs, with runc or with crun; `nomad` its docker driver.
 */
export const RUNTIME_IDS = [
  'docker',
  'docker-18.09',
  'docker-service',
  'podman',
  'containerd',
  'containerd-crun',
  'crio',
  'nerdctl',
  'nomad',
  'nomad-exec',
  'ecs',
  'fargate',
] as const;

export type RuntimeId = (typeof RUNTIME_IDS)[number];

/**
 * Whether a text is the id of a runtime that the engine knows.
 *
 * @example
 * isRuntimeId('crio') // → true
 */
export function isRuntimeId(text: string): text is RuntimeId {
  return (RUNTIME_IDS as readonly string[]).includes(text);
}
