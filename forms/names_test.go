package forms_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
)

func TestAllTypesIteratesOverSixFormTypes(t *testing.T) {
	t.Parallel()
	var all []string
	for formType := range forms.AllTypes() {
		all = append(all, formType.String())
	}
	require.Equal(t, strings.Fields("early_years primary_mainstream secondary_mainstream key_stage_5 primary_special secondary_special"), all)
	for formType := range forms.AllTypes() {
		require.Equal(t, forms.EarlyYears, formType)
		break
	}
}
