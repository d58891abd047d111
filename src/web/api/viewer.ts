import { createContext, use } from 'react';
import type { ViewerQuery } from './operations.gen.ts';

export type ViewerSeen = ViewerQuery['viewer'];

export const ViewerContext = createContext<ViewerSeen | undefined>(undefined);

/** Whoever looks at the page. Everything inside of the shell has one. */
export function useViewer(): ViewerSeen {
  const viewer = use(ViewerContext);
  if (viewer === undefined) throw new Error('outside of the shell');
  return viewer;
}

export const decides = ({ scopes }: ViewerSeen): boolean => scopes.includes('requests:review');
export const isOwner = ({ member }: ViewerSeen): boolean => member.orgRole === 'OWNER';
