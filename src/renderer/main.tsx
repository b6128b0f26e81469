/** Starts the dialog in a window that a host has opened. */
import { createRoot } from 'react-dom/client'
import './styles/app.css'
import { App } from './App.tsx'
import { connect } from './connection.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root element')
createRoot(root).render(<App client={connect()} />)
