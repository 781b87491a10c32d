// Identities in memory: each account has one of its own, and those that were added.
import type { IdentityForm, IdentityView, TriedView } from "../backend";
import { certificateOf, knock } from "./managing";
import { offer } from "./offers";
import { reject, type World } from "./world";

export function identitiesOf(world: World): IdentityView[] {
  return world.accounts.flatMap((account) => [
    world.changedIdentities.get(`usual-${account.id}`) ?? {
      id: `usual-${account.id}`,
      account: account.id,
      email: account.email,
      name: account.name,
      replyTo: "",
      signature: "",
      outgoing: null,
    },
    ...world.identities.filter((each) => each.account === account.id),
  ]);
}

export function addIdentity(world: World, account: string, form: IdentityForm): string {
  const made = { ...kept(form), id: world.id("identity"), account };
  world.identities.push(made);
  signIn(world, made.id, form);
  world.tell({ kind: "accounts" });
  return made.id;
}

/** What the sheet is told of the identity's own server. */
export function tryIdentity(world: World, account: string, form: IdentityForm): TriedView {
  world.account(account);
  const server = form.outgoing ?? reject("invalid", `${form.email} has no server of its own to try.`);
  return knock(server, form.password, form.accepted);
}

export function changeIdentity(world: World, id: string, form: IdentityForm): void {
  const before =
    identitiesOf(world).find((each) => each.id === id) ??
    reject("gone", "That identity is not here any more.");
  const after = { ...before, ...kept(form) };
  if (id.startsWith("usual-")) world.changedIdentities.set(id, after);
  else world.identities = world.identities.map((each) => (each.id === id ? after : each));
  signIn(world, id, form);
  world.tell({ kind: "accounts" });
}

export function removeIdentity(world: World, id: string): void {
  if (id.startsWith("usual-"))
    reject("invalid", "The account needs its first identity; it can be changed instead.");
  world.identities = world.identities.filter((each) => each.id !== id);
  world.tell({ kind: "accounts" });
}

/** Whichever is new, password or sign-in, replaces the other. */
function signIn(world: World, id: string, { outgoing, password, signedIn }: IdentityForm): void {
  const provider = outgoing === null || signedIn === null ? null : (offer([outgoing.host])?.provider ?? null);
  if (provider !== null) world.identityWays.set(id, provider);
  else if (outgoing === null || password !== null) world.identityWays.delete(id);
}

function kept(form: IdentityForm): Omit<IdentityView, "id" | "account"> {
  if (!/^[^@\s]+@[^@\s]+$/.test(form.email.trim()))
    reject("invalid", `“${form.email}” is not an email address.`);
  if (form.outgoing !== null && form.password === "wrong")
    reject("wrongPassword", "The server does not accept this user name and password.", "535 5.7.8 no");
  if (form.outgoing !== null) certificateOf(form.outgoing, form.accepted);
  const { password: _password, signedIn: _grant, allowPlain: _plain, accepted: _accepted, ...rest } = form;
  return { ...rest, email: form.email.trim() };
}
