import type { Actor } from './actor.ts';

/** An actor as the history names them. */
export function doerOf(actor: Actor): { readonly memberId: string; readonly login: string; readonly tokenId: string } {
  return { memberId: actor.memberId, login: actor.login, tokenId: actor.credential.tokenId };
}

/** An actor as the author of something: they, and whoever made the token that they use. */
export function authorOf(actor: Actor): { readonly id: string; readonly mintedBy: string } {
  return { id: actor.memberId, mintedBy: actor.credential.mintedBy };
}
