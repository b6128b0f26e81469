/** Every page of docs/findings by its file name, as it has to be. */
export function findingsPages(): Promise<Map<string, string>>
/** Names of files in docs/findings that are not what they have to be. */
export function outOfDate(pages: ReadonlyMap<string, string>): Promise<string[]>
