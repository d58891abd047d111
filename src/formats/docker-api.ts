import { carriedWords, userOf } from './carriage.ts';
import { dockerOf } from './docker-family.ts';
import { dropAllAdd } from './explicit-words.ts';
import type { Format } from './format.ts';
import { jsonDocument } from './json-document.ts';

/** The members of the body of Docker's `POST /containers/create` that decide the rights. */
export const dockerApi: Format<'docker-api'> = {
  id: 'docker-api',
  title: 'Docker Engine API HostConfig',
  mediaType: 'application/json',
  extension: 'json',
  render(grant) {
    const words = dropAllAdd(grant.sets.bounding);
    const { drop, add } = carriedWords(dockerApi.id, grant, [dockerOf(grant)], [words]);
    const user = userOf(dockerApi.id, grant);
    return jsonDocument(grant, {
      ...(user === undefined ? {} : { User: user }),
      HostConfig: {
        Privileged: false,
        CapDrop: drop,
        CapAdd: add,
        ...(grant.noNewPrivileges ? { SecurityOpt: ['no-new-privileges'] } : {}),
      },
    });
  },
};
