package forms

// QuestionsEdition is the edition of the questions of every form. It increases
// whenever questions change, so that a stored plan is always read with the
// questions that were asked when it was filled in.
const QuestionsEdition = 1

// The questions of the forms, in lists that form types share. We wrote every
// one of them (Proposed), from the statutory content of a plan and from what its
// quality check looks for. The council's own wording will replace them.

// My Personal Information.
var (
	identity = []box{
		{id: "legal_name", item: Identity, text: "Full legal name"},
		{id: "preferred_name", item: Identity, text: "The name that the child likes to be called"},
		{id: "date_of_birth", item: Identity, text: "Date of birth"},
		{id: "background", item: Identity, text: "Gender, ethnicity, first language, religion or belief, as the child describes them"},
		{id: "learner_numbers", item: Identity, text: "Pupil and learner numbers (UPN, ULN)"},
	}
	care = []box{
		{id: "legal_status", item: Identity, text: "Legal status, and the date of becoming looked after"},
		{id: "placement", item: Identity, text: "Where the child lives: the kind of placement, since when, and from whom the address is kept"},
		{id: "carer", item: Identity, text: "The carer, and how to reach them"},
		{id: "parental_responsibility", item: Identity, text: "Who holds parental responsibility, and how each of them is consulted about education"},
		{id: "restrictions", item: Identity, text: "Anyone who may not have contact, collect the child or receive information"},
		{id: "professionals", item: Identity, text: "The social worker, their team manager and the independent reviewing officer, and how to reach them"},
		{id: "care_plan", item: Identity, text: "Summary of the care plan, and the plan for permanence"},
	}
	leavingCare = []box{
		{id: "consent_to_share", item: Identity, text: "Whether the young person consents to sharing this plan with the school or college, and when they said so"},
		{id: "personal_adviser", item: Identity, text: "The personal adviser, and where the Pathway Plan has got to"},
	}
)

// My Health.
var (
	health = []box{
		{id: "health_assessment", item: Health, text: "Date and outcome of the last health assessment, and the date of the next"},
		{id: "health_plan", item: Health, text: "What the health plan asks of the school or setting"},
		{id: "conditions", item: Health, text: "Diagnosed conditions, allergies and medication, and what staff must know"},
		{id: "registrations", item: Health, text: "Doctor, dentist and optician: where registered, when last seen"},
		{id: "sight_and_hearing", item: Health, text: "Sight and hearing, and any aids used"},
		{id: "emotional_health", item: Health, text: "Emotional wellbeing and mental health: how it shows, and what helps"},
		{id: "health_services", item: Health, text: "Health and therapy services involved, and how to reach them"},
		{id: "effect_on_learning", item: Health, text: "How health affects attendance and learning"},
		{id: "emergency", item: Health, text: "What to do in a medical emergency, and who may consent to treatment"},
	}
	strengthsAndDifficulties = []box{
		{id: "strengths_and_difficulties", item: Health, text: "Latest Strengths and Difficulties score, its date and what followed from it"},
	}
	earlyHealth = []box{
		{id: "developmental_review", item: Health, text: "Health visitor, and the outcome of the latest developmental review"},
		{id: "daily_care", item: Health, text: "Sleep, eating, toileting and comfort: what the child is used to"},
	}
	careAtSchool = []box{
		{id: "care_at_school", item: Health, text: "Medical and personal care given at school: what, when, by whom and with what equipment"},
	}
	adultServices = []box{
		{id: "adult_services", item: Health, text: "The move to adult health services, and the health advice that the young person wants"},
	}
)

// My Views.
var (
	voice = []box{
		{id: "how_heard", item: Wishes, text: "How and when the child's views were gathered, and who helped"},
		{id: "enjoys", item: Wishes, text: "What I enjoy and what goes well"},
		{id: "finds_hard", item: Wishes, text: "What I find hard or worry about"},
		{id: "would_help", item: Wishes, text: "What would help me"},
		{id: "trusts", item: Wishes, text: "Whom I can talk to at my school or setting"},
		{id: "heard_last_time", item: Wishes, text: "What has changed because of what I said last time"},
	}
	ambitions = []box{
		{id: "ambitions", item: Wishes, text: "My hopes and ambitions"},
	}
	independence = []box{
		{id: "independence", item: Wishes, text: "Living and working on my own: what I manage and what I want to learn"},
	}
	keyPerson = []box{
		{id: "key_person", item: Wishes, text: "What the key person sees the child say, choose and avoid"},
	}
	communication = []box{
		{id: "communication", item: Wishes, text: "How the child communicates, and how they were helped to take part"},
	}
	leisure = []box{
		{id: "interests", item: Leisure, text: "Interests, clubs and activities, in and out of school or setting"},
		{id: "interests_supported", item: Leisure, text: "What stands in the way of those interests, and what is provided for them"},
	}
	carers = []box{
		{id: "carer_and_learning", item: CarersRole, text: "How the carer promotes achievement: reading, play, homework, attendance, meetings"},
		{id: "carer_and_leisure", item: CarersRole, text: "How the carer promotes leisure interests"},
		{id: "carer_view", item: CarersRole, text: "The carer's view of progress and of what is needed"},
		{id: "parent_view", item: NoItem, text: "The views of the parents, where it is right to ask them"},
	}
)

// Questions of My Education and Progress, and of My Learning, Development and
// Targets.
var (
	history = []box{
		{id: "places_attended", item: History, text: "Schools and settings attended, with dates and reasons for leaving"},
	}
	record = []box{
		{id: "achievements", item: History, text: "Academic and other achievements since the last plan"},
		{id: "attendance", item: History, text: "Attendance this term: authorised and unauthorised absence, lateness, and what is done about it"},
		{id: "conduct", item: History, text: "Behaviour, suspensions and exclusions, and what followed"},
		{id: "attainment", item: History, text: "Current attainment by subject against what is expected, with comments that explain the rating"},
		{id: "progress", item: History, text: "Progress since the last plan, and since coming into care"},
	}
	needs = []box{
		{id: "needs", item: History, text: "Special educational needs and disabilities: what they are, support or plan in place, next review"},
	}
	planOfNeeds = []box{
		{id: "ehc_plan", item: History, text: "Education, health and care plan: needs, outcomes, last annual review and the next"},
		{id: "ehc_provision", item: Arrangements, text: "Provision that the plan names: what is in place and what is not"},
	}
	attending = []box{
		{id: "attending", item: Arrangements, text: "Where and for how many hours the child is taught now, including alternative or part-time provision"},
	}
	provision = []box{
		{id: "provision", item: Arrangements, text: "Special provision, catch-up support and other provision to promote achievement"},
	}
	changes = []box{
		{id: "planned_changes", item: Changes, text: "Planned changes of school, setting, course or placement, with dates"},
		{id: "minimise_disruption", item: Changes, text: "What is done to minimise the disruption that they bring"},
		{id: "transition", item: Changes, text: "Transition to the next phase: visits, handover, who does what and when"},
	}
	earlyLearning = []box{
		{id: "entitlement", item: Arrangements, text: "Hours attended and attendance, against the funded entitlement"},
		{id: "prime_areas", item: History, text: "Communication and language; physical development; personal, social and emotional development: now and since the last plan"},
		{id: "specific_areas", item: History, text: "Literacy; mathematics; understanding the world; expressive arts and design: now and since the last plan"},
		{id: "next_steps_at_home", item: CarersRole, text: "What the carer does at home towards the next steps in learning"},
	}
	primaryResults = []box{
		{id: "assessments", item: History, text: "Results of national assessments (phonics, tables, end of key stage), and reading age"},
	}
	secondaryResults = []box{
		{id: "qualifications", item: History, text: "Options, courses and qualifications: working at, predicted, entered for"},
		{id: "careers", item: Arrangements, text: "Careers guidance and work experience, and the plan for after Year 11"},
	}
	sixthForm = []box{
		{id: "course", item: Arrangements, text: "Course, apprenticeship, training or work; if none, the way back and who leads it"},
		{id: "destination", item: Changes, text: "Intended destination: applications, interviews, offers and their dates"},
	}
	preparation = []box{
		{id: "preparation_for_adulthood", item: Changes, text: "Preparation for adulthood: independence, community, health and employment, from Year 9"},
	}
)

// Questions of My Targets and Funding.
var (
	targets = []box{
		{id: "previous_targets", item: Arrangements, text: "Each target of the last plan: met, partly met or not met, and why"},
		{id: "targets", item: Arrangements, text: "New targets: specific and measurable, the need that each meets, and its deadline"},
		{id: "interventions", item: Arrangements, text: "For each target: what is done, when, where, by whom and how often"},
		{id: "premium", item: Arrangements, text: "Pupil premium for this term: each item, its cost and the target that it serves"},
	}
	funding = []box{
		{id: "measures", item: Arrangements, text: "How and by whom progress towards each target is measured"},
		{id: "premium_effect", item: Arrangements, text: "What last term's pupil premium paid for, and the difference that it made"},
		{id: "other_funding", item: Arrangements, text: "Other funding in place, such as special educational needs funding or the support allowance"},
		{id: "resources", item: Arrangements, text: "Equipment, books, technology or travel that the child needs"},
		{id: "support_at_home", item: CarersRole, text: "What the carer and the social worker do towards the targets"},
	}
	bursary = []box{
		{id: "bursary", item: Arrangements, text: "The 16 to 19 bursary and the support allowance: applied for, paid, used for"},
	}
)

// Questions of Attendees and Next PEP Meeting. The social worker arranges the
// next meeting.
var meeting = []box{
	{id: "attendees", item: Review, text: "Who attended, and in what role"},
	{id: "apologies", item: Review, text: "Who was invited and did not attend, and how they contributed"},
	{id: "child_attended", item: Wishes, text: "Whether the child attended, wholly or in part; if not, why"},
	{id: "actions", item: Review, text: "Actions agreed: what, by whom and by when"},
	{id: "not_agreed", item: Review, text: "Anything that was not agreed, and what happens about it"},
	{id: "copies", item: NoItem, text: "Who receives a copy of this plan"},
	{id: "completed_by", item: Review, text: "The designated teacher, and the day on which this plan was completed"},
	{id: "care_review", item: Review, by: SocialWorker, text: "Date of the next looked after review, and what it needs to hear from this plan"},
	{id: "next_meeting", item: Review, by: SocialWorker, text: "Date, time and place of the next term's PEP meeting"},
	{id: "next_invited", item: Review, by: SocialWorker, text: "Who is to be invited to it"},
}
