/** What both Exchanges have to undo: a role assignment that a scope limits to the members of a group. */
import { code, comment, say, type ScriptLine } from './script.ts'

/** Within `if ($Undo)`; the assignment goes first, because it holds the scope, and that the group. Takes `$AssignmentName`, `$ScopeName` and `$GroupName`. */
export function undoScopedRole(): ScriptLine[] {
  return [
    comment('undo-order', {}, 4),
    ...code(
      '    if (Get-ManagementRoleAssignment -Identity $AssignmentName -ErrorAction SilentlyContinue) {',
      '        Remove-ManagementRoleAssignment -Identity $AssignmentName -Confirm:$false',
      '    }',
      '    if (Get-ManagementScope -Identity $ScopeName -ErrorAction SilentlyContinue) {',
      '        Remove-ManagementScope -Identity $ScopeName -Confirm:$false',
      '    }',
      '    if (Get-DistributionGroup -Identity $GroupName -ErrorAction SilentlyContinue) {',
      '        Remove-DistributionGroup -Identity $GroupName -Confirm:$false',
      '    }',
    ),
    say('    Write-Host ', 'say-removed'),
  ]
}
