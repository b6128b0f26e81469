; What the installer registers for files. Windows knows the last extension only, so a configuration (*.ews-setup.json) is a .json file to it: the program
; is offered under "Open with" for .json and .age and becomes the default for neither. Default values of extensions are never written here.
; SHELL_CONTEXT is the person's own part of the registry, because the installation is for one person.

!define EWS_SETUP_PROGRAM "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
!define EWS_SETUP_AGE "EWSSetup.age"

!macro customInstall
  WriteRegStr SHELL_CONTEXT "${EWS_SETUP_PROGRAM}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "${EWS_SETUP_PROGRAM}\shell\open\command" "" `"$appExe" "%1"`
  WriteRegStr SHELL_CONTEXT "${EWS_SETUP_PROGRAM}\SupportedTypes" ".json" ""
  WriteRegStr SHELL_CONTEXT "${EWS_SETUP_PROGRAM}\SupportedTypes" ".age" ""

  WriteRegStr SHELL_CONTEXT "Software\Classes\${EWS_SETUP_AGE}" "" "age (EWS Setup)"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${EWS_SETUP_AGE}\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${EWS_SETUP_AGE}\shell\open\command" "" `"$appExe" "%1"`
  WriteRegStr SHELL_CONTEXT "Software\Classes\.age\OpenWithProgids" "${EWS_SETUP_AGE}" ""
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "${EWS_SETUP_PROGRAM}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${EWS_SETUP_AGE}"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.age\OpenWithProgids" "${EWS_SETUP_AGE}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend
