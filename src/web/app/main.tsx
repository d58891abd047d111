import '@mantine/core/styles/default-css-variables.css';
import './mantine.css';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { notePresence } from '../api/presence.ts';
import { QUERIES } from '../api/queries.ts';
import { holdTab } from '../api/tab.ts';
import { ROUTER } from './router.tsx';
import { THEME } from './theme.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

notePresence(document);
holdTab();
// The first page and what it shows are on their way while everything else is still being put together.
queueMicrotask(() => void ROUTER.load());
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={THEME} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={QUERIES}>
        <RouterProvider router={ROUTER} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
