// Groups of accounts are made, changed, put in another order and dissolved. The accounts themselves stay as they are.
import { backend } from "../ipc";
import { reordered } from "../state/accounts";
import { client } from "../state/client";
import { groupKey } from "../state/drag";
import { GROUPS_SETTING, groupsFrom, newId, type AccountGroup } from "../state/groups";
import { keys } from "../state/queries";
import { toast } from "../state/toasts";
import { useWindow, type Place } from "../state/window";
import { say } from "../words";
import { attempt } from "./attempt";
import { hooks } from "./commands";

async function current(): Promise<AccountGroup[]> {
  return groupsFrom(await backend().setting(GROUPS_SETTING));
}

async function keep(groups: AccountGroup[]): Promise<void> {
  const value = JSON.stringify(groups);
  await backend().putSetting(GROUPS_SETTING, value);
  client.setQueryData(keys.setting(GROUPS_SETTING), value);
}

export const placeOfGroup = ({ id, accounts }: AccountGroup): Place => ({
  kind: "inboxes",
  accounts,
  group: id,
});

/** A new group, or another name and other accounts for one that is there; it is looked at then. */
export function keepGroup(id: string | null, name: string, accounts: string[]): Promise<void> {
  return attempt(async () => {
    const groups = await current();
    const group = { id: id ?? newId(), name: name.trim(), accounts };
    const others = groups.some((each) => each.id === group.id)
      ? groups.map((each) => (each.id === group.id ? group : each))
      : [...groups, group];
    await keep(others);
    useWindow.getState().go(placeOfGroup(group));
    if (id === null) hooks.focusFolder(groupKey(group.id));
  });
}

/** Dissolved at once; Undo has it again where it was. */
export function dissolveGroup(group: AccountGroup): Promise<void> {
  return attempt(async () => {
    const before = await current();
    await keep(before.filter(({ id }) => id !== group.id));
    const { place, go } = useWindow.getState();
    if (place.kind === "inboxes" && "group" in place && place.group === group.id) go({ kind: "allInboxes" });
    const back = async () => {
      const now = await current();
      if (now.some(({ id }) => id === group.id)) return;
      const at = before.findIndex(({ id }) => id === group.id);
      await keep([...now.slice(0, at), group, ...now.slice(at)]);
    };
    toast(say("group-dissolved", { name: group.name }), {
      action: { label: say("undo"), run: () => void attempt(back) },
    });
  });
}

/** A group goes to the place of another, or one up or down, and where it is now is said. */
export function placeGroup(moved: string, to: string | 1 | -1): Promise<void> {
  return attempt(async () => {
    const groups = await current();
    const before = groups.map(({ id }) => id);
    const after = reordered(before, moved, to);
    const group = groups.find(({ id }) => id === moved);
    if (after === before || group === undefined) return;
    await keep(after.flatMap((id) => groups.filter((each) => each.id === id)));
    const place = String(after.indexOf(moved) + 1);
    toast(say("placed", { name: group.name, place, count: String(after.length) }));
  });
}
