/** Labels of the application menu, and what the hosts say where no window is there to say it. */
export const menuEn = {
  file: 'File',
  quit: 'Quit',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  resetZoom: 'Actual size',
  fullScreen: 'Full screen',
  window: 'Window',
  minimize: 'Minimise',
  close: 'Close',
  help: 'Help',
  'entra-app-registrations': 'App registrations in the Entra admin centre',
  'entra-error-codes': 'Error codes of Microsoft Entra ID',
  'ews-oauth': 'OAuth 2.0 with EWS',
  'ews-retirement': 'End of EWS in Exchange Online',
  crashedTitle: 'The window of EWS Setup stopped working',
  crashedDetail:
    'It stopped several times in a row. Your saved settings are kept. Start EWS Setup again; if it happens once more, update the graphics driver.',
  addressUsed:
    'This address was opened before and works only once. Return to the window that it opened, or run “ews-setup serve” again.',
  notFound: 'There is nothing at this address. Open the address that “ews-setup serve” printed.',
}

export type MenuTexts = Readonly<Record<keyof typeof menuEn, string>>
