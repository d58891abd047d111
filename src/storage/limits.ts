/** No statement of ours takes long; one that does is ended by the server rather than waited for (milliseconds). */
export const LIMITS = {
  statement_timeout: 10_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 15_000,
} as const;

/** The same, as what a SELECT sets for the rest of its transaction. */
export const SET_LIMITS = Object.entries(LIMITS)
  .map(([name, milliseconds]) => `set_config('${name}', '${milliseconds}', true)`)
  .join(', ');
