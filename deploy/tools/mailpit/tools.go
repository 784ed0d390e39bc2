//go:build tools

// Pins what scripts/setup-smtp.sh builds.
package tools

import _ "github.com/axllent/mailpit/cmd"
