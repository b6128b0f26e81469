/** Was der Befehl im Terminal sagt, der neben dem Programm liegt, bevor sonst etwas davon läuft. Ohne Umlaute: Eine Konsole unter Windows hat keine feste Kodierung. */
import type { LauncherTexts } from './launcher.en.ts'

export const launcherDe: LauncherTexts = {
  noNode:
    'Der Befehl ews-setup braucht Node.js {version} oder neuer, und im Suchpfad (PATH) ist keines. Installieren Sie es, oder nennen Sie die Datei in EWS_SETUP_NODE.',
  oldNode:
    'Der Befehl ews-setup braucht Node.js {version} oder neuer; gefunden wurde {found}. Installieren Sie ein neueres, oder nennen Sie die Datei in EWS_SETUP_NODE.',
}
