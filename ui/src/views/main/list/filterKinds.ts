// The quick filters beside "unread", with the command of each.
import type { CommandName } from "../../../actions/commands";
import type { Listing } from "../../../ipc/backend";

export const kinds: readonly [keyof Listing["filter"], CommandName][] = [
  ["starred", "filterStarred"],
  ["attachment", "filterAttachment"],
  ["toMe", "filterToMe"],
];
