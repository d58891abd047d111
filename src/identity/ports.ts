import type { AuthenticationPorts } from '../access/authenticate.ts';
import type { Ports } from '../access/ports.ts';

/** What the use cases of this room need besides. */
export interface IdentityPorts extends Ports, Pick<AuthenticationPorts, 'publicUrl' | 'sessions'> {}
