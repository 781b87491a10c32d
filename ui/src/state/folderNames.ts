// What folders are called where somebody names one in a search: by their name, and those of one name also by what they stand in, the
// account last of all. The engine knows them by all of these (crates/store/src/search/named.rs).
import type { AccountView, MailboxView } from "../ipc/backend";
import { plain } from "./search";

export interface FolderName {
  name: string;
  /** What tells it from others of that name; the name itself where there are none. */
  path: string;
}

type Folder = Pick<MailboxView, "id" | "account" | "parent" | "name" | "selectable">;
type Account = Pick<AccountView, "id" | "email" | "name" | "label">;

/** More than servers have within each other; a store that somebody else has touched may have circles. */
const DEEPEST = 32;

/** Each name once, which means all folders of that name, and behind it each of several that have it. */
export function folderNames(folders: readonly Folder[], accounts: readonly Account[]): FolderName[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const those = new Map<string, Folder[]>();
  for (const folder of folders) {
    if (!folder.selectable) continue;
    const key = plain(folder.name);
    those.set(key, [...(those.get(key) ?? []), folder]);
  }
  return [...those.values()].flatMap((same) => {
    const name = same[0]?.name ?? "";
    const alone = { name, path: name };
    if (same.length === 1) return [alone];
    const all = same.map((folder) => pathsOf(folder, byId, accounts));
    const paths = all.map((own) => {
      const others = new Set(all.filter((each) => each !== own).flatMap((paths) => paths.map(plain)));
      return own.find((path) => !others.has(plain(path)));
    });
    return [alone, ...paths.flatMap((path) => (path === undefined ? [] : [{ name, path }]))];
  });
}

/** The shortest first. */
function pathsOf(folder: Folder, byId: ReadonlyMap<string, Folder>, accounts: readonly Account[]): string[] {
  const paths: string[] = [];
  let path = folder.name;
  let within = folder.parent;
  for (let depth = 0; within !== null && depth < DEEPEST; depth += 1) {
    const around = byId.get(within);
    if (around === undefined) break;
    path = `${around.name}/${path}`;
    paths.push(path);
    within = around.parent;
  }
  const account = accounts.find(({ id }) => id === folder.account);
  return account === undefined ? paths : [...paths, `${nameOf(account, accounts)}/${path}`];
}

/** What an account is called, unless the engine knows another by that as well: the person's name, say, who has both. */
function nameOf(account: Account, accounts: readonly Account[]): string {
  const isTaken = accounts.some(
    ({ id, email, name, label }) =>
      id !== account.id &&
      [email, email.split("@")[0] ?? "", name, label].map(plain).includes(plain(account.label)),
  );
  return account.label === "" || isTaken ? account.email : account.label;
}
