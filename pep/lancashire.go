package pep

import (
	"virtualschool.example/delegation"
	"virtualschool.example/forms"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// These are the sources of Lancashire's parameters.
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

// The establishment types that Lancashire's payment rules tell apart (PAY-7,
// PAY-8). A city technology college is paid like an academy.
const (
	maintained forms.GIASSet = 1<<forms.CommunitySchool | 1<<forms.VoluntaryAidedSchool | 1<<forms.VoluntaryControlledSchool |
		1<<forms.FoundationSchool | 1<<forms.CommunitySpecial | 1<<forms.NonMaintainedSpecial | 1<<forms.FoundationSpecial | 1<<forms.PupilReferralUnit
	academies forms.GIASSet = 1<<forms.CityTechnologyCollege | 1<<forms.AcademySponsorLed | 1<<forms.AcademySpecialSponsorLed |
		1<<forms.AcademyConverter | 1<<forms.FreeSchool | 1<<forms.FreeSchoolSpecial | 1<<forms.FreeSchoolAlternative |
		1<<forms.UniversityTechnical | 1<<forms.StudioSchool | 1<<forms.AcademyAlternative | 1<<forms.AcademyAlternativeSponsor | 1<<forms.AcademySpecialConverter
	post16Academies forms.GIASSet = 1<<forms.FreeSchool16to19 | 1<<forms.Academy16to19Converter | 1<<forms.Academy16to19SponsorLed
	post16          forms.GIASSet = 1<<forms.FurtherEducation | 1<<forms.HigherEducation | 1<<forms.SixthFormCentre | 1<<forms.SpecialPost16
	earlyYears      forms.GIASSet = 1<<forms.NurserySchool | 1<<forms.ChildrensCentre | 1<<forms.ChildrensCentreLinked
	independent     forms.GIASSet = 1<<forms.IndependentSpecial | 1<<forms.Independent
)

// Lancashire returns revision 1 of the policy of Lancashire County Council, as its
// process book and guide describe it. Each parameter names its source; if no
// document of the council settles it, the source is our reading or our proposal.
func Lancashire() *Policy {
	return &Policy{par: Parameters{
		Name:     "lancashire",
		Council:  Council{Names: []string{"Lancashire", "Lancashire County Council"}, LA: "888", GSS: "E10000017"},
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
		StalledDays:          14,

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
		Payee:        maintained | academies,
		NoPayee:      independent | earlyYears | post16 | post16Academies,
		NeedsFinance: academies | post16Academies | 1<<forms.AcademySecure16to19,

		KeepYears:      75,
		KeepAfterDeath: 15,

		Documents: lancashireDocuments(),
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
			rule.ParameterRates:                "", // each rate names its own source
			rule.ParameterPaidYears:            sourcePremium,
			rule.ParameterPaidTypes:            sourcePremium + "; " + sourceReading + " (which types of the register are meant)",
			rule.ParameterUnpaidTypes:          sourcePremium,
			rule.ParameterFinanceTypes:         sourceChange,
			rule.ParameterSealedDays:           sourceProposal,
			rule.ParameterStalledDays:          sourceProposal,
			rule.ParameterKeepYears:            sourceRetention,
			rule.ParameterKeepAfterDeath:       sourceRetention,
		},
	}}
}
