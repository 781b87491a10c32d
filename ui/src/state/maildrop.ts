// What is still on the server of a POP3 account, as asked for last. It is asked for anew whenever somebody looks.
import { useQuery } from "@tanstack/react-query";
import { backend } from "../ipc";

export const maildropKey = (account: string) => ["maildrop", account] as const;

export function useMaildrop(account: string) {
  return useQuery({
    queryKey: maildropKey(account),
    queryFn: () => backend().stillOnServer(account),
    gcTime: 0,
    retry: false,
  });
}
