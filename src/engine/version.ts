/** Names the engine's rules; changes when a spec can resolve to other sets than before. */
export const ENGINE_VERSION = 'capward-engine-1';
