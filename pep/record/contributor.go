package record

import (
	"time"

	"virtualschool.example/pep/private"
)

// Contributor is the designated teacher or practitioner at an establishment to
// whom a form is delegated.
type Contributor struct {
	ID            ContributorID
	Establishment EstablishmentID
	Name          private.Text
	Email         private.Text
	Active        bool      // whether the contributor is ACTIVE in the address book (PRE-2)
	Actioned      time.Time // the instant at which the portal account was actioned (PRE-3); zero if that was long ago
}
