"""What becomes of each kind of row when a person is erased; a test finds kinds that are not here.

Who adds a model says here what happens to what it has of a person, and does it in the module that
is named with the treatment.
"""

from enum import Enum, auto


class Treatment(Enum):
    """What erasing a person does to the rows that are theirs, or about them."""

    # Deleted: row_erasure, word_erasure, copy_erasure, material_erasure.
    GOES = auto()
    # Deleted where their words go; else kept, and names nobody.
    GOES_WITH_WORDS = auto()
    # Kept as a place; what they wrote in it goes where their words go.
    EMPTIED_WITH_WORDS = auto()
    # Kept, with the names in it taken out.
    REWRITTEN = auto()
    # The seminar's, or others'; names its member by a key that leads to nobody.
    STAYS = auto()
    # Holds no words and nothing of a person.
    NOBODYS = auto()


T = Treatment
TREATMENTS: dict[str, Treatment] = {
    # Accounts
    "accounts.User": T.REWRITTEN,
    "accounts.QueuedMail": T.REWRITTEN,
    "accounts.AnsweredForm": T.GOES,
    "accounts.SignedInSession": T.GOES,
    "account.EmailAddress": T.GOES,
    "account.EmailConfirmation": T.GOES,
    "sessions.Session": T.GOES,
    "auth.Permission": T.NOBODYS,
    "auth.Group": T.NOBODYS,
    "contenttypes.ContentType": T.NOBODYS,
    "django_tasks_database.DBTaskResult": T.GOES,  # those that failed with their name
    "personal_data.Erasure": T.STAYS,
    "personal_data.PersonalExport": T.GOES,
    # Seminars
    "seminars.Seminar": T.STAYS,
    "seminars.Group": T.NOBODYS,
    "seminars.Membership": T.STAYS,
    "seminars.Event": T.STAYS,  # keys and numbers, no words
    "seminars.SeminarDeletion": T.STAYS,  # keys and days, no words
    "seminars.Announcement": T.GOES_WITH_WORDS,
    "seminars.AnnouncementReceipt": T.GOES,
    "seminars.Invitation": T.GOES,  # those to them; those that they made end
    "seminars.PersonalMute": T.GOES,
    "seminars.Roster": T.GOES,  # and their line in the lists of others
    # The library and readings
    "readings.Essay": T.STAYS,  # handed on where it is read; deleted where not
    "readings.Revision": T.STAYS,
    "readings.Block": T.STAYS,
    "readings.Note": T.STAYS,
    "readings.RevisionAlignment": T.NOBODYS,
    "readings.Draft": T.GOES,
    "readings.Picture": T.STAYS,
    "readings.Unit": T.NOBODYS,
    "readings.Reading": T.STAYS,
    "readings.ReadingGroup": T.NOBODYS,
    "readings.Visit": T.GOES,
    "readings.Extension": T.GOES,
    "readings.Passage": T.STAYS,  # words of the text
    "readings.Reanchoring": T.STAYS,
    "readings.ReanchoredPassage": T.STAYS,
    "readings.Guide": T.STAYS,
    "readings.EarlierGuide": T.STAYS,
    "readings.GuideDraft": T.GOES_WITH_WORDS,
    "readings.GuideDraftStep": T.GOES_WITH_WORDS,
    "readings.GuideItem": T.STAYS,
    "readings.ReadingGate": T.NOBODYS,
    "readings.GatePassing": T.GOES,
    "readings.PageVersion": T.NOBODYS,
    "readings.BlockVersion": T.NOBODYS,
    "readings.PeopleVersion": T.NOBODYS,
    "readings.Fragment": T.GOES,  # rendered anew
    # Talk
    "discussions.LinkKind": T.STAYS,
    "discussions.Thread": T.EMPTIED_WITH_WORDS,  # private ones and highlights are deleted
    "discussions.Comment": T.EMPTIED_WITH_WORDS,
    "discussions.CommentRevision": T.GOES_WITH_WORDS,
    "discussions.Mention": T.GOES,
    "discussions.ModerationReason": T.STAYS,
    "discussions.ReviewItem": T.EMPTIED_WITH_WORDS,
    "discussions.Report": T.EMPTIED_WITH_WORDS,
    "discussions.Decision": T.STAYS,  # append-only: the seminar's record
    "discussions.NewsRead": T.GOES,
    "discussions.NewsReceipt": T.GOES,
    "discussions.MailChoice": T.GOES,
    "discussions.NewsMail": T.GOES,
    "discussions.Pin": T.STAYS,
    "discussions.Resolution": T.STAYS,
    "discussions.Endorsement": T.STAYS,
    "discussions.Reaction": T.GOES,
    "discussions.ThreadRead": T.GOES,
    "discussions.ThreadSubscription": T.GOES,
    "discussions.Tag": T.STAYS,
    "discussions.Tagging": T.STAYS,
    # Checkpoints and marks
    "quizzes.Accommodation": T.GOES,
    "quizzes.Quiz": T.STAYS,
    "quizzes.Question": T.STAYS,
    "quizzes.QuestionVersion": T.STAYS,
    "quizzes.Choice": T.STAYS,
    "quizzes.KeyPassage": T.STAYS,
    "quizzes.Attempt": T.GOES_WITH_WORDS,
    "quizzes.Answer": T.GOES_WITH_WORDS,
    "quizzes.AnswerMark": T.GOES_WITH_WORDS,
    "quizzes.EarlierMark": T.GOES_WITH_WORDS,
    "quizzes.PracticeCard": T.GOES,
    "quizzes.PublishedAnswer": T.GOES_WITH_WORDS,
    "overview.ParticipationScoring": T.STAYS,
    "overview.ScoreOverride": T.GOES_WITH_WORDS,
    "overview.ScoreRelease": T.STAYS,
    "gradebook.Gradebook": T.STAYS,
    "gradebook.GradeCategory": T.STAYS,
    "gradebook.GradeColumn": T.STAYS,
    "gradebook.GivenMark": T.GOES_WITH_WORDS,
    "gradebook.GradeRelease": T.STAYS,
    # The host
    "hosting.BackupRun": T.NOBODYS,
}
