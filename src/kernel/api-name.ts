/** What something is called in GraphQL, whose names have no other characters: `docker-18.09` is DOCKER_18_09. */
export function apiName(id: string): string {
  return id.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
