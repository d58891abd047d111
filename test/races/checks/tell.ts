import { EMERGENCY_EVENTS } from './emergency-events.ts';
import type { Ledger } from './ledger.ts';
import { POLICY_EVENTS } from './policy-events.ts';
import { REQUEST_EVENTS } from './request-events.ts';
import { Story } from './story.ts';

const EVENTS = { ...REQUEST_EVENTS, ...POLICY_EVENTS, ...EMERGENCY_EVENTS };

/** Tells the history from its first event to its last, and notes what could not have happened in that order. */
export function tell(ledger: Ledger): Story {
  const story = new Story(ledger);
  for (const fault of ledger.faults) story.violations.push({ rule: 'the history is whole', what: fault });
  for (const event of ledger.events) {
    if (event.action === 'approval.expiring' || event.action === 'approval.expired') {
      story.traces.add(`reminder ${event.subject} ${event.payload.revision} ${event.action}`);
    }
    EVENTS[event.action]?.(story, event);
  }
  return story;
}
