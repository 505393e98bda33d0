using Damon.Actors.Runtime;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Actors.Tests.Runtime;

/// <summary>
/// Random schedules against an oracle that keeps a plain list and searches it for the least event. What a job does when it runs (time spent, jobs
/// sent, jobs cancelled) is a function of its number and the plan's seed, so that both sides do the same without sharing any code of the queue.
/// </summary>
public class OrderProperties
{
    private const int Actors = 5;

    [Fact]
    public void Deliveries_equal_those_of_a_sorted_list()
    {
        Gen<(int Seed, int Size)> plans = from seed in Gen.Choose(0, int.MaxValue - 1) from size in Gen.Choose(1, 400) select (seed, size);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(plans.ToArbitrary(), plan =>
        {
            Plan shared = new((ulong)plan.Seed, plan.Size);
            List<string> expected = new Oracle(shared).Run();
            Assert.Equal(expected, new Subject(shared, cuts: false).Run());
            Assert.Equal(expected, new Subject(shared, cuts: true).Run());
        }));
    }

    [Fact]
    public void The_order_survives_the_removal_of_many_cancelled_messages()
    {
        Gen<(int Seed, int Size)> plans = from seed in Gen.Choose(0, int.MaxValue - 1) from size in Gen.Choose(70, 400) select (seed, size);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(plans.ToArbitrary(), plan =>
        {
            World world = new("subject", 0);
            List<int> seen = [];
            ActorRef actor = world.Spawn(Props.Create(() => new Scripted { OnJob = (_, job) => seen.Add(job.Id) }), "actor");
            List<(int Due, int Job, ScheduledMessage Message)> sent = [];
            for (int job = 0; job < plan.Size; job++)
            {
                int due = (int)(Seeds.Mix((ulong)plan.Seed + (ulong)job) % 100);
                sent.Add((due, job, world.ScheduleTell(new VirtualTime(due), actor, new Job(job))));
            }
            List<(int Due, int Job, ScheduledMessage Message)> kept = [.. sent.Where(entry => Seeds.Mix((ulong)(plan.Seed ^ entry.Job)) % 4 == 0)];
            foreach ((_, _, ScheduledMessage message) in sent.Except(kept)) message.Cancel();
            world.RunUntil(new VirtualTime(100));
            Assert.Equal(kept.OrderBy(entry => entry.Due).ThenBy(entry => entry.Job).Select(entry => entry.Job), seen);
        }));
    }

    private sealed record Plan(ulong Seed, int Size)
    {
        public int First => 1 + Draw(0, 0, 10);

        // Two actors share a rank, so that numbers decide among them.
        public static int Rank(int actor) => actor / 2;

        public int Draw(int job, int purpose, int bound) => (int)(Seeds.Mix(Seed + ((ulong)job * 64) + (ulong)purpose) % (ulong)bound);

        public int Receiver(int job) => Draw(job, 1, Actors);

        public int Delay(int job) => Draw(job, 2, 3) == 0 ? 0 : Draw(job, 3, 50);

        public bool IsSystem(int job) => Draw(job, 4, 5) == 0;

        public int Cost(int job) => Draw(job, 5, 4) == 0 ? Draw(job, 6, 80) : 0;

        public int Children(int job) => Draw(job, 7, 4);

        // The job that is taken back if it is still under way; often none.
        public int Victim(int job) => Draw(job, 8, 3) == 0 ? Draw(job, 9, Size) : -1;
    }

    private sealed class Oracle(Plan plan)
    {
        private readonly List<(int Due, int Rank, int Number, int Job)> _queue = [];
        private readonly List<(int Due, int Rank, int Number, int Job)> _timetable = [];
        private readonly List<string> _log = [];
        private int _now;
        private int _sent;

        public List<string> Run()
        {
            for (int i = 0; i < plan.First; i++) Send();
            while (_queue.Count + _timetable.Count > 0)
            {
                _queue.Sort();
                _timetable.Sort();
                int reached = _queue.Count == 0 ? int.MaxValue : Math.Max(_now, _queue[0].Due);
                List<(int Due, int Rank, int Number, int Job)> from = _timetable.Count > 0 && _timetable[0].Due <= reached ? _timetable : _queue;
                (int due, _, _, int job) = from[0];
                from.RemoveAt(0);
                _now = Math.Max(_now, due);
                Handle(job);
            }
            return _log;
        }

        private void Handle(int job)
        {
            _log.Add($"{_now} {plan.Receiver(job)} {job}");
            _now += plan.Cost(job);
            int victim = plan.Victim(job);
            _queue.RemoveAll(queued => queued.Job == victim);
            _timetable.RemoveAll(queued => queued.Job == victim);
            for (int i = 0; i < plan.Children(job); i++) Send();
        }

        private void Send()
        {
            if (_sent == plan.Size) return;
            int job = _sent++;
            int due = _now + plan.Delay(job);
            if (plan.IsSystem(job)) _timetable.Add((due, 0, job, job));
            else _queue.Add((due, Plan.Rank(plan.Receiver(job)), job, job));
        }
    }

    private sealed class Subject(Plan plan, bool cuts)
    {
        private readonly World _world = new("subject", 0);
        private readonly List<string> _log = [];
        private readonly List<ActorRef> _actors = [];
        private readonly List<ScheduledMessage> _messages = [];

        public List<string> Run()
        {
            for (int i = 0; i < Actors; i++)
            {
                int number = i;
                Props props = Props.Create(() => new Scripted { OnJob = (context, job) => Handle(context, number, job.Id) });
                _actors.Add(_world.Spawn(props.WithRank(Plan.Rank(i)), $"actor-{i}"));
            }
            for (int i = 0; i < plan.First; i++) Send();
            for (int cut = 1; cuts && !_world.IsIdle && cut < 200; cut++) _world.RunUntil(new VirtualTime(cut * 7L));
            while (_world.Step())
            {
            }
            return _log;
        }

        private void Handle(ActorContext context, int actor, int job)
        {
            _log.Add($"{context.Now.Nanoseconds} {actor} {job}");
            context.Spend(new VirtualDuration(plan.Cost(job)));
            int victim = plan.Victim(job);
            if (victim >= 0 && victim < _messages.Count) _messages[victim].Cancel();
            for (int i = 0; i < plan.Children(job); i++) Send();
        }

        private void Send()
        {
            int job = _messages.Count;
            if (job == plan.Size) return;
            VirtualTime due = _world.Now + new VirtualDuration(plan.Delay(job));
            ActorRef to = _actors[plan.Receiver(job)];
            _messages.Add(plan.IsSystem(job) ? _world.ScheduleSystem(due, to, new Job(job)) : _world.ScheduleTell(due, to, new Job(job)));
        }
    }
}
