// What can be done with an address that stands in a letter's head.
import { toast } from "../state/toasts";
import { say } from "../words";
import { attempt } from "./attempt";
import { compose } from "./compose";

export function writeTo(address: string): void {
  void compose(null, `mailto:${encodeURIComponent(address)}`);
}

export function copyAddress(address: string): Promise<void> {
  return attempt(async () => {
    await navigator.clipboard.writeText(address);
    toast(say("head-copied", { address }));
  });
}
