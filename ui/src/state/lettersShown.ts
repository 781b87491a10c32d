// The letters of a conversation as the reading pane shows them, and what stands above them: the window of a letter is named by the same.
import { useMemo } from "react";
import { useStanding } from "./aside";
import { useConversation } from "./queries";

/** `only`: the one letter of it that is shown, where each has a row of its own. */
export function useLettersShown(thread: string | null, only: string | null) {
  const { data: all, error, refetch } = useConversation(thread);
  const { among: standing, folders } = useStanding(thread ?? "", all);
  const among = useMemo(
    () => (only === null ? standing : all?.filter((letter) => letter.id === only)),
    [all, standing, only],
  );
  return {
    all,
    among,
    folders,
    error,
    refetch,
    /** Of the first letter; undefined until it is known. */ subject: among?.[0]?.subject,
  };
}
