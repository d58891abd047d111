import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { RuntimeId } from '../../engine/runtime.ts';
import { FORMAT_IDS, FORMATS, type FormatId } from '../../formats/formats.ts';
import { apiName } from '../../kernel/api-name.ts';
import { ask, fetchText } from '../api/ask.ts';
import { type ExportFormat, ExportPreview } from '../api/operations.gen.ts';
import type { ServiceError } from '../api/service-error.ts';
import { useViewer } from '../api/viewer.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { DeployLine } from './deploy-line.tsx';
import { exportPath } from './export-path.ts';
import { FORMAT_OF_RUNTIME } from './format-of-runtime.ts';

const route = getRouteApi('/profiles/$team/$name');

/** The text that deploy tooling gets: of the very address that it asks, where whoever looks may ask that. */
function useExport(team: string, name: string, format: FormatId) {
  const { scopes } = useViewer();
  const direct = scopes.includes('profiles:export');
  return useQuery<string, ServiceError>({
    queryKey: ['export', team, name, format, direct],
    queryFn: async ({ signal }) => {
      if (direct) return fetchText(exportPath(team, name, format), {}, signal);
      const { profile } = await ask(ExportPreview, { team, name, format: apiName(format) as ExportFormat }, signal);
      return profile?.approved?.export ?? '';
    },
    retry: (count, error) => error.code === 'OFFLINE' && count < 4,
  });
}

/** What is in force, in each format, ready to be copied. */
export function Exports({
  team,
  name,
  runtime,
}: {
  readonly team: string;
  readonly name: string;
  readonly runtime: RuntimeId;
}) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const format = FORMAT_IDS.find((id) => id === search.format) ?? FORMAT_OF_RUNTIME[runtime];
  const asked = useExport(team, name, format);
  const choose = (id: string) =>
    void navigate({ to: '/profiles/$team/$name', params: { team, name }, search: { format: id }, replace: true });
  return (
    <Card
      title="In words for"
      aside={
        <div className="row">
          <NativeSelect
            aria-label="Format"
            data={FORMAT_IDS.map((id) => ({ value: id, label: FORMATS[id].title }))}
            value={format}
            onChange={(event) => choose(event.currentTarget.value)}
          />
          {asked.data === undefined ? null : <CopyButton text={asked.data} what="the export" />}
        </div>
      }
    >
      <div className="stack">
        {asked.isPending ? <Waiting lines={4} /> : null}
        {asked.isError ? <Refused error={asked.error} title={FORMATS[format].title} /> : null}
        {asked.data === undefined || asked.isError ? null : (
          <pre className="export" tabIndex={0} aria-label={`The profile for ${FORMATS[format].title}`}>
            {asked.data}
          </pre>
        )}
        <DeployLine team={team} name={name} format={format} />
      </div>
    </Card>
  );
}

function Refused({ error, title }: { readonly error: ServiceError; readonly title: string }) {
  if (error.code !== 'UNSUPPORTED_BY_FORMAT') return <Problem error={error} />;
  return (
    <Notice kind="warn" title={`${title} cannot carry exactly what was approved`}>
      <p>{error.message}</p>
    </Notice>
  );
}
