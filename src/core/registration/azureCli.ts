/** The registration with the Azure CLI, as a bash script. */
import { exchangeApplicationId, type CloudName } from '../settings/clouds.ts'
import { quoted } from './quoting.ts'
import { code, comment, say, scriptOf, type Script, type ScriptLine } from './script.ts'
import type { ScriptValues } from './values.ts'

/** Names of `az cloud set`; a cloud without one has to be registered with the CLI by hand. */
const cloudNamesOfCli: Readonly<Partial<Record<CloudName, string>>> = {
  global: 'AzureCloud',
  'gcc-high': 'AzureUSGovernment',
  dod: 'AzureUSGovernment',
  china: 'AzureChinaCloud',
}

const sh = (value: string): string => quoted(value, 'bash')

/** Safe to run twice; `--undo` takes it back. The secret goes to the screen, once. */
export function azureCli(values: ScriptValues): Script {
  const whole = values.model !== 'some'
  const cloud = cloudNamesOfCli[values.cloud]
  const certificate = values.credential === 'certificate'
  return scriptOf('azure-cli', 'bash', [
    code('#!/usr/bin/env bash'),
    comment('head-azure-cli'),
    comment('how-to-run-bash', { file: 'ews-setup-azure-cli.sh' }),
    comment('needs-azure-cli'),
    ...(whole ? [comment('who-consents')] : []),
    comment('twice'),
    comment('undo', { option: '--undo' }),
    code('set -euo pipefail', ''),
    comment('values'),
    code(
      `TENANT_ID=${sh(values.tenantId)}`,
      `CLIENT_ID=${sh(values.clientId)}`,
      `APP_NAME=${sh(values.appName)}`,
      ...(certificate ? [] : ["SECRET_NAME='EWS Setup'"]),
      `EXCHANGE=${sh(exchangeApplicationId)}`,
      'MODE=${1:-}',
      '',
    ),
    comment('sign-in'),
    cloud === undefined ? comment('cloud-unconfirmed') : code(`az cloud set --name ${cloud} --output none`),
    code(
      'login=(az login --allow-no-subscriptions --output none)',
      'if [ -n "$TENANT_ID" ]; then login+=(--tenant "$TENANT_ID"); fi',
      'signed_in=$(az account show --query tenantId --output tsv 2>/dev/null || true)',
      'if [ -z "$signed_in" ] || { [ -n "$TENANT_ID" ] && [ "$signed_in" != "$TENANT_ID" ]; }; then "${login[@]}"; fi',
      '',
    ),
    comment('find-application'),
    code(
      'quote="\'"',
      'if [ -n "$CLIENT_ID" ]; then filter="appId eq \'${CLIENT_ID//$quote/$quote$quote}\'"',
      'else filter="displayName eq \'${APP_NAME//$quote/$quote$quote}\'"; fi',
      'app_id=$(az ad app list --filter "$filter" --query \'[].appId\' --output tsv)',
      'if [ "$(printf \'%s\\n\' "$app_id" | wc -l)" -gt 1 ]; then',
    ),
    say("  printf '%s\\n' ", 'say-two-applications', ' >&2'),
    code('  exit 1', 'fi'),
    comment('look-up-ids'),
    code(
      'role_id=$(az ad sp show --id "$EXCHANGE" --query "appRoles[?value==\'full_access_as_app\'].id | [0]" --output tsv || true)',
      'if [ -z "$role_id" ]; then',
    ),
    say("  printf '%s\\n' ", 'say-no-exchange', ' >&2'),
    code(
      '  exit 1',
      'fi',
      ...(values.delegated
        ? [
            'delegated_id=$(az ad sp show --id "$EXCHANGE" --query "oauth2PermissionScopes[?value==\'EWS.AccessAsUser.All\'].id | [0]" --output tsv)',
          ]
        : []),
      '',
    ),
    undo(),
    comment('register'),
    code('if [ -z "$app_id" ] && [ -n "$CLIENT_ID" ]; then'),
    say("  printf '%s\\n' ", 'say-nothing-found', ' >&2'),
    code(
      '  exit 1',
      'elif [ -z "$app_id" ]; then',
      '  app_id=$(az ad app create --display-name "$APP_NAME" --sign-in-audience AzureADMyOrg --query appId --output tsv)',
      'fi',
    ),
    comment('enterprise-application'),
    code('az ad sp show --id "$app_id" --output none 2>/dev/null || az ad sp create --id "$app_id" --output none'),
    say("printf '%s\\n  %s\\n' ", 'say-registered', ' "$app_id"'),
    code(''),
    ...permission(values, whole),
    comment('public-client'),
    code('az ad app update --id "$app_id" --is-fallback-public-client true', ''),
    ...(whole
      ? [
          comment('consent'),
          ...code('az ad app permission admin-consent --id "$app_id"'),
          say("printf '%s\\n' ", 'say-consented'),
          ...code(''),
        ]
      : []),
    ...(certificate ? certificateKey() : secret()),
    comment('result'),
    say("printf '%s\\n' ", 'say-enter-in-dialog'),
    code('printf \'  %s\\n\' "$(az account show --query tenantId --output tsv)" "$app_id"'),
  ])
}

function undo(): ScriptLine[] {
  return [
    ...code('if [ "$MODE" = --undo ]; then', '  if [ -z "$app_id" ]; then'),
    say("    printf '%s\\n' ", 'say-nothing-found'),
    ...code('    exit 0', '  fi'),
    comment('undo-consent', {}, 2),
    ...code(
      '  principal=$(az ad sp show --id "$app_id" --query id --output tsv 2>/dev/null || true)',
      '  if [ -n "$principal" ]; then',
      '    graph=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv)',
      '    assignments="${graph%/}/v1.0/servicePrincipals/$principal/appRoleAssignments"',
      '    for assignment in $(az rest --method get --url "$assignments" --query "value[?appRoleId==\'$role_id\'].id" --output tsv); do',
      '      az rest --method delete --url "$assignments/$assignment"',
      '    done',
      '  fi',
    ),
    say("  printf '%s\\n' ", 'say-consent-removed'),
    comment('undo-registration', {}, 2),
    say("  printf '%s\\n  %s\\n> ' ", 'say-type-id-to-delete', ' "$app_id"'),
    ...code('  read -r answer', '  if [ "$answer" != "$app_id" ]; then'),
    say("    printf '%s\\n' ", 'say-not-deleted'),
    ...code('    exit 0', '  fi', '  az ad app delete --id "$app_id"'),
    say("  printf '%s\\n' ", 'say-deleted'),
    ...code('  exit 0', 'fi', ''),
  ]
}

function permission(values: ScriptValues, whole: boolean): ScriptLine[] {
  const wanted = [...(whole ? ['"$role_id=Role"'] : []), ...(values.delegated ? ['"$delegated_id=Scope"'] : [])]
  return [
    comment(whole ? 'permission' : 'rbac-instead'),
    ...(values.delegated ? [comment('permission-delegated')] : []),
    ...(wanted.length === 0
      ? []
      : code(
          'has=$(az ad app permission list --id "$app_id" --query "[?resourceAppId==\'$EXCHANGE\'].resourceAccess[].id" --output tsv)',
          'add_permission() {',
          '  if ! grep -qx "${1%=*}" <<<"$has"; then',
          '    az ad app permission add --id "$app_id" --api "$EXCHANGE" --api-permissions "$1" --output none',
          '  fi',
          '}',
          ...wanted.map((permission) => `add_permission ${permission}`),
        )),
    ...code(''),
  ]
}

function secret(): ScriptLine[] {
  return [
    comment('secret'),
    ...code(
      'now=$(date -u +%Y-%m-%dT%H:%M:%SZ)',
      'usable=$(az ad app credential list --id "$app_id" --query "[?displayName==\'$SECRET_NAME\' && endDateTime>\'$now\'].keyId" --output tsv)',
      'if [ -n "$usable" ] && [ "$MODE" != --new-secret ]; then',
    ),
    say("  printf '%s\\n' ", 'say-secret-kept'),
    ...code('elif [ ! -t 1 ]; then'),
    say("  printf '%s\\n' ", 'say-redirected', ' >&2'),
    ...code('  exit 1', 'else'),
    say("  printf '%s\\n' ", 'say-secret-once'),
    ...code(
      '  az ad app credential reset --id "$app_id" --append --display-name "$SECRET_NAME" --years 1 --query password --output tsv --only-show-errors',
      'fi',
      '',
    ),
  ]
}

function certificateKey(): ScriptLine[] {
  return [
    comment('certificate'),
    ...code(
      'CERTIFICATE_FILE=${1:?certificate.pem}',
      'az ad app credential reset --id "$app_id" --append --cert "@$CERTIFICATE_FILE" --output none',
      '',
    ),
  ]
}
