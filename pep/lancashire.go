package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// Where Lancashire's parameters come from.
const (
	sourceGuide      = "Simple guide to PEPs for social workers, 2022"
	sourceBook       = "PEP process book, 22 November 2019"
	sourceReceived   = "PEP process book, 1.2 PEP received, 24 February 2020"
	sourceChange     = "PEP process book, 3.1 Change of establishment/contact, 21 February 2020"
	sourceProcess    = "council website, The PEP process"
	sourceQuality    = "council website, Personal education plans: quality assurance"
	sourcePremium    = "council website, Pupil premium grant 2024-25"
	sourcePlusPolicy = "council website, Pupil premium grant plus for looked-after children, 2023-24"
	sourceAllocation = "policy for the allocation of Pupil Premium Grant, 2025-26"
	sourceRegister   = "DfE establishment types, as in DfE Sign-in"
	sourceShort      = "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 48"
	sourceRetention  = "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 50 (text not seen)"
	sourceReading    = "our reading"
	sourceProposal   = "our proposal"
)

// Lancashire returns the policy of Lancashire County Council as its process
// book and guide have it: revision 1. Each parameter names its source; where
// none of the council's says it, that is our reading or our proposal.
func Lancashire() *Policy {
	return &Policy{par: Parameters{
		Name:     "lancashire",
		LA:       "888",
		Revision: 1,

		LeapBirthday:   civil.March1,
		NurseryFromAge: 2,
		SchoolFromAge:  3,
		AlwaysFromAge:  4,
		UntilAge:       18,
		LowerBound:     BirthdayTerm,
		UpperBound:     UntilTermEnd,
		NurseryKinds: record.NewEducationKinds(record.Nursery, record.NurserySchool, record.NurseryClass,
			record.DayNursery, record.PreSchool, record.Childminder, record.School),

		Delegation: delegation.Lancashire(),
		FormTypes:  forms.Lancashire(),
		Special:    forms.SpecialTypes,
		Titles:     forms.LancashireTitles(),

		MeetingTermsBack:     1,
		MeetingTermsAhead:    2,
		SubsequentDelegation: socialWorker | businessSupport,
		SealedDays:           30,

		Sampling:       PerEstablishmentPerTerm,
		SamplingMonths: 12,
		Returned:       1 << Red,
		UngradedPaid:   true,

		InitialDeadline:   delegation.Period{WorkingDays: 20},
		EmergencyDeadline: delegation.Period{WorkingDays: 10},

		Rates: []Rate{
			{civil.MustParse("2023-04-01"), civil.MustParse("2024-04-01"), 620_00, sourcePlusPolicy},
			{civil.MustParse("2024-04-01"), civil.MustParse("2025-04-01"), 620_00, sourcePremium},
			{civil.MustParse("2025-04-01"), civil.MustParse("2025-09-01"), 610_00, sourceAllocation},
			{civil.MustParse("2025-09-01"), civil.MustParse("2026-04-01"), 550_00, sourceAllocation},
		},
		PayFrom:      forms.R,
		PayTo:        forms.Y11,
		NoPayee:      1<<10 | 1<<11 | 1<<15 | 1<<47 | 1<<48 | 1<<18 | 1<<29 | 1<<31 | 1<<32 | 1<<39 | 1<<45 | 1<<46 | 1<<57,
		NeedsFinance: 1<<6 | 1<<28 | 1<<33 | 1<<34 | 1<<35 | 1<<36 | 1<<38 | 1<<39 | 1<<40 | 1<<41 | 1<<42 | 1<<43 | 1<<44 | 1<<45 | 1<<46 | 1<<57,

		KeepYears:      75,
		KeepAfterDeath: 15,

		Sources: rule.Sources{
			rule.ParameterTerms:                sourceGuide + "; " + sourceReceived,
			rule.ParameterBankHolidays:         "GOV.UK, bank holidays in England and Wales; Banking and Financial Dealings Act 1971, Schedule 1",
			rule.ParameterLeapBirthday:         sourceReading,
			rule.ParameterNurseryFromAge:       sourceGuide,
			rule.ParameterSchoolFromAge:        sourceReading,
			rule.ParameterAlwaysFromAge:        sourceGuide,
			rule.ParameterUntilAge:             sourceGuide,
			rule.ParameterLowerBound:           sourceReading + ", from the word \"from\" of the simple guide",
			rule.ParameterUpperBound:           sourceGuide,
			rule.ParameterNurseryProvision:     sourceReading + ", from the word \"Nursery\" of the simple guide",
			rule.ParameterShortBreaks:          sourceShort + "; " + sourceReading,
			rule.ParameterFormTypes:            sourceGuide,
			rule.ParameterSpecialTypes:         sourceRegister + "; " + sourceReading,
			rule.ParameterSectionTitles:        sourceGuide + " (the first two and the last); " + sourceProposal + " (the others)",
			rule.ParameterMeetingTermsBack:     sourceProposal,
			rule.ParameterMeetingTermsAhead:    sourceProposal,
			rule.ParameterSubsequentDelegation: sourceBook + "; " + sourceGuide,
			rule.ParameterReturnPeriod:         sourceReceived,
			rule.ParameterRollDueDate:          sourceReading,
			rule.ParameterOutOfTermPeriod:      sourceReceived,
			rule.ParameterReminders:            sourceBook,
			rule.ParameterDueReminders:         sourceReading + ": the council website has a reminder before the due date, the process book none",
			rule.ParameterPreparationDays:      sourceProcess,
			rule.ParameterPortalLag:            sourceGuide,
			rule.ParameterAssignmentComment:    sourceGuide + "; " + sourceReading + " (other dashes, N/A)",
			rule.ParameterCarryForward:         sourceReceived + "; " + sourceReading + " (once the due date has passed too)",
			rule.ParameterMaxCarries:           sourceReceived + "; " + sourceReading + " (once)",
			rule.ParameterInitialDeadline:      sourceProcess,
			rule.ParameterEmergencyDeadline:    sourceProcess,
			rule.ParameterGrading:              sourceBook + "; " + sourceQuality,
			rule.ParameterGradesReturned:       sourceQuality,
			rule.ParameterUngradedPaid:         sourceReading + ", from the policy for the allocation of Pupil Premium Grant",
			rule.ParameterRates:                "", // each rate has its own
			rule.ParameterPaidYears:            sourcePremium,
			rule.ParameterUnpaidTypes:          sourcePremium,
			rule.ParameterFinanceTypes:         sourceChange,
			rule.ParameterSealedDays:           sourceProposal,
			rule.ParameterKeepYears:            sourceRetention,
			rule.ParameterKeepAfterDeath:       sourceRetention,
		},
	}}
}
