using Damon.Actors.Runtime;
using Damon.Actors.Schemes;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;

namespace Damon.Actors.Kdamonds;

/// <summary>A scheme's actor as the kdamond's loop sees it: every call is a message.</summary>
internal sealed class SchemeAgent(ActorRef scheme, ActorContext kdamond) : ISchemeAgent
{
    private readonly Responder<OfferRegion, RegionVerdict> _offer = scheme.Responder<OfferRegion, RegionVerdict>();

    public ActorRef Scheme { get; } = scheme;

    public bool IsRemoved { get; private set; }

    public WatermarkLook LookAtWatermarks() => Scheme.Ask<LookAtWatermarks, WatermarkLook>(default);

    public PassBegun BeginPass(in SchemePass pass) => Scheme.Ask<BeginPass, PassBegun>(new BeginPass(pass));

    public RegionVerdict Consider(in RegionOffer offer) => _offer.Ask(new OfferRegion(offer));

    public void ForgetTarget(int targetIndex) => Scheme.Ask<ForgetTarget, Done>(new ForgetTarget(targetIndex));

    public void RenumberTargets(ReadOnlyMemory<int> places) => Scheme.Ask<RenumberTargets, Done>(new RenumberTargets(places));

    public void EndPass() => Scheme.Ask<EndPass, Done>(default);

    public void Commit(SchemeSettings settings) => Scheme.Ask<CommitScheme, Done>(new CommitScheme(settings));

    public void Remove()
    {
        IsRemoved = true;
        kdamond.Stop(Scheme);
    }
}
