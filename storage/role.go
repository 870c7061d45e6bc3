package storage

// Besides Plans a store may have other roles. A Reader or Tx of one that has a
// role is what the role's interface says; these say so within a transaction.

// RegisterOf returns the register of a store that keeps one, within a
// transaction, and otherwise ErrNoRegister.
func RegisterOf(r Reader) (Register, error) { return roleOf[Register](r, "register", ErrNoRegister) }

// RegistrarOf returns the register of a store that keeps one, to be written
// within a transaction, and otherwise ErrNoRegister.
func RegistrarOf(tx Tx) (Registrar, error) { return roleOf[Registrar](tx, "register", ErrNoRegister) }

// BookOf returns the book of a store that keeps one, within a transaction, and
// otherwise ErrNoRole.
func BookOf(r Reader) (Book, error) { return roleOf[Book](r, "book", ErrNoRole) }

// BookkeeperOf returns the book of a store that keeps one, to be written within
// a transaction, and otherwise ErrNoRole.
func BookkeeperOf(tx Tx) (Bookkeeper, error) { return roleOf[Bookkeeper](tx, "book", ErrNoRole) }

// PaymentsOf returns the payments of a store that keeps them, within a
// transaction, and otherwise ErrNoRole.
func PaymentsOf(r Reader) (Payments, error) { return roleOf[Payments](r, "payments", ErrNoRole) }

// PayerOf returns the payments of a store that keeps them, to be added to
// within a transaction, and otherwise ErrNoRole.
func PayerOf(tx Tx) (Payer, error) { return roleOf[Payer](tx, "payments", ErrNoRole) }

// AuditOf returns the audit trail of a store that keeps one, within a
// transaction, and otherwise ErrNoRole.
func AuditOf(r Reader) (Audit, error) { return roleOf[Audit](r, "audit", ErrNoRole) }

// AuditorOf returns the audit trail of a store that keeps one, to be added to
// within a transaction, and otherwise ErrNoRole.
func AuditorOf(tx Tx) (Auditor, error) { return roleOf[Auditor](tx, "audit", ErrNoRole) }

// AlertsOf returns the alerts of a store that keeps them, within a transaction,
// and otherwise ErrNoRole.
func AlertsOf(r Reader) (Alerts, error) { return roleOf[Alerts](r, "alerts", ErrNoRole) }

// AcknowledgerOf returns the alerts of a store that keeps them, to be
// acknowledged within a transaction, and otherwise ErrNoRole.
func AcknowledgerOf(tx Tx) (Acknowledger, error) {
	return roleOf[Acknowledger](tx, "alerts", ErrNoRole)
}

// roleOf returns what is asked as a role, or the error that it has it not.
func roleOf[Role any](of any, op string, lacks error) (Role, error) {
	role, ok := of.(Role)
	if !ok {
		return role, &Error{Op: op, Err: lacks}
	}
	return role, nil
}
