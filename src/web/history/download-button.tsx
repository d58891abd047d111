import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { fetchText } from '../api/ask.ts';
import { Icon } from '../ui/icon.tsx';
import { Problem } from '../ui/notice.tsx';

interface Asked {
  readonly team: string | null;
  readonly profile: string | null;
  readonly action: string | null;
  readonly actor: string | null;
}

const FILES = [
  { format: 'csv', label: 'For a spreadsheet (CSV)', type: 'text/csv' },
  { format: 'ndjson', label: 'The records themselves (NDJSON)', type: 'application/x-ndjson' },
] as const;

/** What is filtered for, as a file: all of it, however much that is. */
export function DownloadButton({ asked }: { readonly asked: Asked }) {
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const download = async (format: string, type: string) => {
    setState({ busy: true });
    try {
      const filter = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== null);
      const query = new URLSearchParams([['format', format], ...filter]);
      save(await fetchText(`/v1/audit-events?${query}`), type, `history.${format}`);
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <>
      {state.error === undefined ? null : <Problem error={state.error} />}
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" leftSection={<Icon name="download" size={16} />} loading={state.busy}>
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FILES.map(({ format, label, type }) => (
            <Menu.Item key={format} onClick={() => void download(format, type)}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function save(text: string, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
