/** What the terminal command says that is shipped beside the desktop program, before anything else of it runs. Signs of ASCII only: a console of Windows has no one encoding. */
export const launcherEn = {
  noNode:
    'The terminal command of EWS Setup needs Node.js {version} or newer, and there is none in the search path (PATH). Install it, or name its file in EWS_SETUP_NODE.',
  oldNode:
    'The terminal command of EWS Setup needs Node.js {version} or newer; this is {found}. Install a newer one, or name its file in EWS_SETUP_NODE.',
}

export type LauncherTexts = Readonly<Record<keyof typeof launcherEn, string>>
